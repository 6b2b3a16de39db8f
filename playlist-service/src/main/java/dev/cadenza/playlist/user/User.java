package dev.cadenza.playlist.user;

import java.util.UUID;

/** An account that exists. */
public record User(UUID id, String username) {}
