/** Looking into audio files through FFmpeg. */
@NullMarked
package dev.cadenza.catalog.track.inspection;

import org.jspecify.annotations.NullMarked;
