package dev.cadenza.platform.core.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of requests with an {@code Idempotency-Key}, in one place for all instances of a service. A request is
 * claimed, bound to what it asks for once that is read, and its answer remembered; a claim that nobody prolongs ends.
 * Fails with {@code Failure.Unavailable} while the database does not answer.
 */
public interface IdempotencyStore {

    /** What comes of asking for a claim. */
    sealed interface Claim {

        /**
         * The request is the claimer's to serve.
         *
         * @param since when a request with this key was claimed for the first time
         */
        record Granted(Instant since) implements Claim {}

        /** Somebody is at it. */
        record InWork() implements Claim {}

        /**
         * It was answered.
         *
         * @param fingerprint of what it asked for
         * @param answer as it was remembered
         */
        record Answered(byte[] fingerprint, byte[] answer) implements Claim {}
    }

    /**
     * Claims a request.
     *
     * @param request caller, method, path and key, hashed
     * @param holder of the claim, new for every try
     * @param lease how long the claim holds unless it is prolonged
     * @param retention how long the key counts from its first claim on
     */
    CompletionStage<Claim> claim(String request, UUID holder, Duration lease, Duration retention);

    /** The claim holds for another while; nothing where it is lost. */
    CompletionStage<@Nullable Void> prolong(String request, UUID holder, Duration lease);

    /**
     * What the request asks for. False where a request with this key asked for something else before, whose answer is not
     * known; true as well where the claim is lost.
     */
    CompletionStage<Boolean> bind(String request, UUID holder, byte[] fingerprint);

    /** The answer, where the claim is not lost and the request is bound. */
    CompletionStage<@Nullable Void> remember(String request, UUID holder, byte[] answer);

    /** Ends the claim without an answer. */
    CompletionStage<@Nullable Void> release(String request, UUID holder);
}
