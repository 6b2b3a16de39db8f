/** Finding tracks, albums, playlists and people in an index of this instance that is fed by events. */
@NullMarked
package dev.cadenza.catalog.search;

import org.jspecify.annotations.NullMarked;
