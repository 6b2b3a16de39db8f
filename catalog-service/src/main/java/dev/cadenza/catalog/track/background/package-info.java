/** Work that nobody waits for: measuring tracks, sweeping files; begun again after any crash. */
@NullMarked
package dev.cadenza.catalog.track.background;

import org.jspecify.annotations.NullMarked;
