package dev.cadenza.catalog.search;

/** What can be found. */
public enum Kind {
    TRACKS,
    ALBUMS,
    PLAYLISTS,
    USERS
}
