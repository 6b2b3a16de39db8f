/** Transcoding through FFmpeg. */
@NullMarked
package dev.cadenza.catalog.playback.transcoding;

import org.jspecify.annotations.NullMarked;
