/** Tracks from upload to deletion: who may see, change and hear them. */
@NullMarked
package dev.cadenza.catalog.track;

import org.jspecify.annotations.NullMarked;
