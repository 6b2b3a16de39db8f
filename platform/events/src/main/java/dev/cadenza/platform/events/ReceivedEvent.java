package dev.cadenza.platform.events;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * An event as it came from a topic.
 *
 * @param aggregateId key of the record: what the event is about
 * @param envelope identity, order, type and version; its {@code data} is read with {@link #dataAs}
 * @param requestId of the request that made the fact; null outside a request
 */
public record ReceivedEvent(
        String topic,
        UUID aggregateId,
        EventEnvelope<JsonNode> envelope,
        @Nullable String requestId) {

    /** The event in these bytes. */
    public static ReceivedEvent read(String topic, @Nullable String key, byte[] value, @Nullable String requestId) {
        try {
            EventEnvelope<JsonNode> envelope = EventJson.MAPPER.readValue(value, new TypeReference<>() {});
            if (key == null || envelope == null || envelope.eventId() == null || envelope.type() == null) {
                throw new UnreadableEventException("no event", null);
            }
            return new ReceivedEvent(topic, UUID.fromString(key), envelope, requestId);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnreadableEventException("no event", e);
        }
    }

    /** An event as it would come from a topic, for tests of handlers. */
    public static ReceivedEvent of(String topic, UUID aggregateId, EventEnvelope<?> envelope) {
        return read(topic, aggregateId.toString(), EventJson.MAPPER.writeValueAsBytes(envelope), null);
    }

    /** Identity of the fact. */
    public UUID eventId() {
        return envelope.eventId();
    }

    /** Order within the aggregate. */
    public long seq() {
        return envelope.seq();
    }

    /** Such as {@code catalog.track.uploaded}. */
    public String type() {
        return envelope.type();
    }

    /** Version of the data, from 1. */
    public int v() {
        return envelope.v();
    }

    /** When the fact was stored. */
    public Instant at() {
        return envelope.at();
    }

    /** Where the request came from that made the fact; null outside a request. */
    public @Nullable ClientOrigin origin() {
        EventEnvelope.Origin origin = envelope.origin();
        return origin == null || origin.ip() == null
                ? null
                : new ClientOrigin(origin.ip(), origin.userAgent() == null ? "" : origin.userAgent());
    }

    /** The data as a contract record; an event whose data is something else goes to the dead-letter topic. */
    public <T> T dataAs(Class<T> contract) {
        try {
            return EventJson.MAPPER.treeToValue(envelope.data(), contract);
        } catch (JacksonException e) {
            throw new UnreadableEventException("data of " + type() + " is no " + contract.getSimpleName(), e);
        }
    }
}
