package dev.cadenza.platform.core.identity;

/**
 * Hears of every revocation as soon as it is known here, and of those of the last day again after a start. Called on the
 * thread that reads them: answers at once.
 */
@FunctionalInterface
public interface RevocationListener {

    /** What is revoked. */
    enum Kind {
        /** Tokens of a session; the subject is its {@code sid}. */
        SESSION,
        /** Tokens of a user; the subject is the user's UUID. */
        USER,
        /** Tokens made for an API key; the subject is its id. */
        KEY
    }

    /** Tokens of {@code subject} hold no longer, perhaps only the older ones. */
    void revoked(Kind kind, String subject);
}
