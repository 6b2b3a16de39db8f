/** Playlists in the veza dialect. */
@NullMarked
package dev.cadenza.playlist.api.veza;

import org.jspecify.annotations.NullMarked;
