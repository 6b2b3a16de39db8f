package dev.cadenza.gateway.forward;

import dev.cadenza.gateway.route.Body;
import dev.cadenza.gateway.route.Row;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a service may take, and how often it may fail.
 *
 * @param responseTimeout from the end of the request's body to the headers of the answer, where the route table names no
 *     other; bodies of answers may take as long as they like
 * @param bodyIdleTimeout longest pause inside a request's body
 * @param leastRate what a client has to send in a second of a body while it is waited for
 * @param mostBehind how long it may be behind that
 * @param maxBody largest body that is passed on; the services have limits of their own below it
 * @param objectStore address of the store as the services have it ({@code cadenza.storage.endpoint}), where the gateway
 *     reaches it: large stored bodies are fetched there instead of being passed through a service; null: they are not
 * @param breaker when a service is spared
 */
@ConfigurationProperties("cadenza.gateway.forward")
public record ForwardSettings(
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("60s") Duration bodyIdleTimeout,
        @DefaultValue("512B") DataSize leastRate,
        @DefaultValue("45s") Duration mostBehind,
        @DefaultValue MaxBody maxBody,
        @Nullable URI objectStore,
        @DefaultValue Breaker breaker) {

    /** Time that a route gives its service. */
    Duration responseTimeout(Row row) {
        return row.responseTimeout() == null ? responseTimeout : row.responseTimeout();
    }

    /**
     * Largest bodies, by what a route takes.
     *
     * @param plain JSON and forms
     * @param image one picture
     * @param recording one recording; a route that takes two takes twice as much
     */
    public record MaxBody(
            @DefaultValue("1MB") DataSize plain,
            @DefaultValue("8MB") DataSize image,
            @DefaultValue("128MB") DataSize recording) {

        DataSize of(Body body) {
            return switch (body) {
                case PLAIN -> plain;
                case IMAGE -> image;
                case RECORDING -> recording;
                case TWO_RECORDINGS -> DataSize.ofBytes(2 * recording.toBytes());
            };
        }
    }

    /**
     * A circuit breaker counts calls that got no answer; an answer, even a 503, is one.
     *
     * @param window calls that are looked back at
     * @param minimumCalls fewer than this decide nothing
     * @param openFor how long calls are refused at once before some are let through to try
     */
    public record Breaker(
            @DefaultValue("20") int window,
            @DefaultValue("5") int minimumCalls,
            @DefaultValue("3s") Duration openFor) {}
}
