package dev.cadenza.platform.events;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are published and consumed.
 *
 * @param partitions of topics that this service creates; existing topics keep theirs
 * @param replicas of topics that this service creates; -1 leaves it to the broker
 * @param factRetention how long topics of facts keep a record; topics of aggregates keep the newest of each key forever
 * @param compactionLag how long topics of aggregates keep every record
 * @param lossyBuffer events that may be lost and wait to be sent; more are dropped
 * @param database whether this service has one; {@code false} for the gateway, which only reads and tells
 * @param relay publishing
 * @param consumer consuming
 */
@Validated
@ConfigurationProperties("cadenza.events")
public record EventSettings(
        @DefaultValue("6") @Min(1) @Max(1000) int partitions,
        @DefaultValue("-1") @Min(-1) short replicas,
        @DefaultValue("30d") @DurationMin(hours = 1) Duration factRetention,
        @DefaultValue("7d") @DurationMin(hours = 1) Duration compactionLag,
        @DefaultValue("2000") @Min(1) int lossyBuffer,
        @DefaultValue("true") boolean database,
        @DefaultValue @Valid Relay relay,
        @DefaultValue @Valid Consumer consumer) {

    /** A topic of facts; a {@code NewTopic} bean for those that no collection of this service is defined with. */
    public NewTopic factTopic(String name) {
        return EventTopics.factTopic(name, this);
    }

    /**
     * Publishing.
     *
     * @param concurrency documents of one collection that are published at the same time
     * @param batch events of one document that are sent before others get their turn
     * @param lease how long a document is left to the instance that took it; a crash delays its events by this much
     * @param poll how often an idle relay looks for events that nobody told it of
     * @param maxBackOff longest pause after a failure
     */
    public record Relay(
            @DefaultValue("8") @Min(1) @Max(256) int concurrency,
            @DefaultValue("100") @Min(1) int batch,
            @DefaultValue("15s") @DurationMin(seconds = 2) Duration lease,
            @DefaultValue("1s") @DurationMin(millis = 10) Duration poll,
            @DefaultValue("5s") @DurationMin(millis = 10) Duration maxBackOff) {}

    /**
     * Consuming.
     *
     * @param concurrency consumers of one handler
     * @param attempts how often an event is offered to a handler that fails, from 1
     * @param backOff first pause between attempts; doubles
     * @param maxBackOff longest pause between attempts
     * @param handlerTimeout after which a handler counts as failed
     * @param inboxLease how long a claimed effect is left to the instance that claimed it
     * @param inboxRetention how long an effect is remembered as done; longer than any topic redelivers
     */
    public record Consumer(
            @DefaultValue("1") @Min(1) @Max(64) int concurrency,
            @DefaultValue("8") @Min(1) @Max(100) int attempts,
            @DefaultValue("250ms") @DurationMin(millis = 1) Duration backOff,
            @DefaultValue("15s") @DurationMin(millis = 1) Duration maxBackOff,
            @DefaultValue("25s") @DurationMin(millis = 100) Duration handlerTimeout,
            @DefaultValue("60s") @DurationMin(seconds = 1) Duration inboxLease,
            @DefaultValue("60d") @DurationMin(days = 1) Duration inboxRetention) {}
}
