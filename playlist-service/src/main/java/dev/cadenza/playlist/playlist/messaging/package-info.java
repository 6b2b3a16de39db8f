/** Tells the other services about playlists. */
@NullMarked
package dev.cadenza.playlist.playlist.messaging;

import org.jspecify.annotations.NullMarked;
