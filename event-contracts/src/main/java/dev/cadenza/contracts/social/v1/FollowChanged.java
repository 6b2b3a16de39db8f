package dev.cadenza.contracts.social.v1;

import java.time.Instant;
import java.util.UUID;

/** A user follows another one, or took that back. */
public record FollowChanged(UUID followerId, String followerUsername, UUID followedId, boolean following, Instant at) {}
