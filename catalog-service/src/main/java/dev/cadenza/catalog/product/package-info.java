/** Products: what owners of tracks offer for money. */
@NullMarked
package dev.cadenza.catalog.product;

import org.jspecify.annotations.NullMarked;
