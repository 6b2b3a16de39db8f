/** Local copies of playlists and people, and wishes to have the index made anew. */
@NullMarked
package dev.cadenza.catalog.search.persistence;

import org.jspecify.annotations.NullMarked;
