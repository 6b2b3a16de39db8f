package dev.cadenza.platform.events;

import org.jspecify.annotations.Nullable;

/** Bytes that are no event: trying again cannot help. */
final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
