/** Playlists and what is in them. */
@NullMarked
package dev.cadenza.playlist.playlist;

import org.jspecify.annotations.NullMarked;
