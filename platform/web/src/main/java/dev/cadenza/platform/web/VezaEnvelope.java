package dev.cadenza.platform.web;

/**
 * Success form of the veza dialect: {@code {"success":true,"data":…}}.
 *
 * @param success always true
 */
public record VezaEnvelope<T>(boolean success, T data) {

    /** Wraps {@code data}. */
    public static <T> VezaEnvelope<T> data(T data) {
        return new VezaEnvelope<>(true, data);
    }

    /** {@code {"success":true,"data":{"message":…}}}. */
    public static VezaEnvelope<Message> message(String text) {
        return data(new Message(text));
    }

    /** A sentence. */
    public record Message(String message) {}
}
