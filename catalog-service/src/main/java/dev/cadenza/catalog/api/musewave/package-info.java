/** The musewave dialect of the library: tracks and albums. */
@NullMarked
package dev.cadenza.catalog.api.musewave;

import org.jspecify.annotations.NullMarked;
