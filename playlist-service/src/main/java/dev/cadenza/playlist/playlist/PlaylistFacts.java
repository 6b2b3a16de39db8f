package dev.cadenza.playlist.playlist;

import org.jspecify.annotations.Nullable;

/** What an owner says about a playlist; null: nothing. */
public record PlaylistFacts(
        @Nullable String title,
        @Nullable String description,
        @Nullable Boolean isPublic) {}
