/** Orders in MongoDB. */
@NullMarked
package dev.cadenza.catalog.order.persistence;

import org.jspecify.annotations.NullMarked;
