/** Searching everything at once: tracks, and what this service has heard of playlists and people. */
@NullMarked
package dev.cadenza.catalog.search;

import org.jspecify.annotations.NullMarked;
