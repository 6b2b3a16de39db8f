/** Stores the local copies of tracks. */
@NullMarked
package dev.cadenza.playlist.track.persistence;

import org.jspecify.annotations.NullMarked;
