/** Stores playlists. */
@NullMarked
package dev.cadenza.playlist.playlist.persistence;

import org.jspecify.annotations.NullMarked;
