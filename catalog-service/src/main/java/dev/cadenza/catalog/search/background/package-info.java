/** Keeping the index up to date. */
@NullMarked
package dev.cadenza.catalog.search.background;

import org.jspecify.annotations.NullMarked;
