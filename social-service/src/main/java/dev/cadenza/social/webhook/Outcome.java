package dev.cadenza.social.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface Outcome {

    /**
     * There was an answer.
     *
     * @param status HTTP status
     * @param retryAfter how long the receiver asks to wait; null where it does not
     */
    record Answered(int status, @Nullable Duration retryAfter) implements Outcome {

        /** The receiver took it; a redirect is no success, because following it could lead anywhere. */
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The receiver wants no more. */
        boolean isGone() {
            return status == 410;
        }
    }

    /**
     * There was none.
     *
     * @param reason such as {@code timeout}; told to the webhook's owner, so it carries nothing about our network
     */
    record Unreached(String reason) implements Outcome {}
}
