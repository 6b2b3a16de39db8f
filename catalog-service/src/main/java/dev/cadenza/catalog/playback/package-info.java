/** Listening to tracks: other formats on demand, HLS, and what counts as a download. */
@NullMarked
package dev.cadenza.catalog.playback;

import org.jspecify.annotations.NullMarked;
