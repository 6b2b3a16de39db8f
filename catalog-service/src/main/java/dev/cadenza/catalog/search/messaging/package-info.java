/** What playlists and accounts tell. */
@NullMarked
package dev.cadenza.catalog.search.messaging;

import org.jspecify.annotations.NullMarked;
