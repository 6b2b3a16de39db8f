package dev.cadenza.social.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one webhook.
 *
 * @param eventId what the receiver sees as {@code webhook-id}, the same at every attempt
 * @param body what is sent, byte for byte the same at every attempt
 * @param attempts how many were begun; also the fence: only the newest attempt's outcome is recorded
 * @param dueAt when the next attempt may begin; during one, when it counts as lost
 * @param lastStatus HTTP status of the last attempt; null when there was no answer
 * @param lastError why there was none; null otherwise
 */
public record Delivery(
        UUID id,
        UUID webhookId,
        UUID ownerId,
        UUID eventId,
        String type,
        String body,
        Status status,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError) {

    /** What has become of a delivery. */
    public enum Status {
        /** It will be tried, again. */
        PENDING,
        /** The receiver took it. */
        DELIVERED,
        /** It was given up. */
        FAILED,
        /** Its webhook was deleted or disabled before. */
        DROPPED
    }

    /** The one id that an event's delivery to a webhook can have, so that a repeated event makes no second one. */
    public static UUID idOf(UUID eventId, UUID webhookId) {
        return UUID.nameUUIDFromBytes(("delivery:" + eventId + ":" + webhookId).getBytes(StandardCharsets.UTF_8));
    }

    /** A delivery that is due at once. */
    static Delivery queue(Webhook webhook, Happening happening, Instant now) {
        return new Delivery(
                idOf(happening.eventId(), webhook.id()),
                webhook.id(),
                webhook.ownerId(),
                happening.eventId(),
                happening.type(),
                happening.body(),
                Status.PENDING,
                0,
                now,
                now,
                null,
                null,
                null);
    }

    /** The one attempt of a test; its text holds nothing that would need escaping. */
    static Delivery test(Webhook webhook, UUID eventId, Instant now) {
        String body = "{\"type\":\"" + EventTypes.TEST + "\",\"timestamp\":\"" + now + "\",\"data\":{\"webhook_id\":\""
                + webhook.id() + "\"}}";
        return new Delivery(
                idOf(eventId, webhook.id()),
                webhook.id(),
                webhook.ownerId(),
                eventId,
                EventTypes.TEST,
                body,
                Status.PENDING,
                1,
                now,
                now,
                null,
                null,
                null);
    }

    /** An attempt begins; if nothing is heard of it until {@code lostAt}, another one may. */
    public Delivery begun(Instant lostAt) {
        return new Delivery(
                id,
                webhookId,
                ownerId,
                eventId,
                type,
                body,
                Status.PENDING,
                attempts + 1,
                createdAt,
                lostAt,
                null,
                lastStatus,
                lastError);
    }

    /** Whether this outcome is that of the newest attempt. */
    public boolean isAwaiting(Delivery outcome) {
        return status == Status.PENDING && attempts == outcome.attempts;
    }

    /** After an attempt. */
    Delivery after(Outcome outcome, RetryLadder ladder, Instant now) {
        return switch (outcome) {
            case Outcome.Answered answered
            when answered.isSuccess() -> finished(Status.DELIVERED, now, answered.status(), null);
            case Outcome.Answered answered
            when answered.isGone() -> finished(Status.FAILED, now, answered.status(), null);
            case Outcome.Answered answered -> {
                Instant next = ladder.next(attempts, now, answered.retryAfter());
                yield next == null
                        ? finished(Status.FAILED, now, answered.status(), null)
                        : waiting(next, answered.status(), null);
            }
            case Outcome.Unreached unreached -> {
                Instant next = ladder.next(attempts, now, null);
                yield next == null
                        ? finished(Status.FAILED, now, null, unreached.reason())
                        : waiting(next, null, unreached.reason());
            }
        };
    }

    /** Its webhook is not there any more. */
    Delivery dropped(Instant now) {
        return finished(Status.DROPPED, now, lastStatus, lastError);
    }

    /** After the one attempt that a test has. */
    Delivery afterTest(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Answered answered ->
                finished(answered.isSuccess() ? Status.DELIVERED : Status.FAILED, now, answered.status(), null);
            case Outcome.Unreached unreached -> finished(Status.FAILED, now, null, unreached.reason());
        };
    }

    private Delivery waiting(Instant next, @Nullable Integer answered, @Nullable String error) {
        return new Delivery(
                id,
                webhookId,
                ownerId,
                eventId,
                type,
                body,
                Status.PENDING,
                attempts,
                createdAt,
                next,
                null,
                answered,
                error);
    }

    private Delivery finished(Status end, Instant now, @Nullable Integer answered, @Nullable String error) {
        return new Delivery(
                id, webhookId, ownerId, eventId, type, body, end, attempts, createdAt, now, now, answered, error);
    }
}
