/** Local copies of playlists and people. */
@NullMarked
package dev.cadenza.catalog.search.persistence;

import org.jspecify.annotations.NullMarked;
