/** Products in MongoDB. */
@NullMarked
package dev.cadenza.catalog.product.persistence;

import org.jspecify.annotations.NullMarked;
