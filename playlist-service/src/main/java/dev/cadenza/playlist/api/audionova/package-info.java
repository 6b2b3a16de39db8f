/** The audionova dialect of playlists. */
@NullMarked
package dev.cadenza.playlist.api.audionova;

import org.jspecify.annotations.NullMarked;
