package dev.cadenza.social.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a user's things.
 *
 * @param type name out of {@link EventTypes}
 * @param body JSON that webhooks are sent: {@code {"type","timestamp","data"}}
 */
public record Happening(UUID eventId, UUID ownerId, String type, Instant at, String body) {}
