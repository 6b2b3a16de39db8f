/** The library: tracks, their bytes, search. */
@NullMarked
package dev.cadenza.catalog;

import org.jspecify.annotations.NullMarked;
