/** Playlists. */
@NullMarked
package dev.cadenza.playlist;

import org.jspecify.annotations.NullMarked;
