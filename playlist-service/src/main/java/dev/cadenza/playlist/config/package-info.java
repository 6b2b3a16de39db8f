/** Wiring of the playlist service. */
@NullMarked
package dev.cadenza.playlist.config;

import org.jspecify.annotations.NullMarked;
