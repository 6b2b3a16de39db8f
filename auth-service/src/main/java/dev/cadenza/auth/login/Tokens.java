package dev.cadenza.auth.login;

import dev.cadenza.auth.session.Secrets;
import dev.cadenza.auth.session.Session;
import java.time.Instant;
import java.util.UUID;

/**
 * What a login gives.
 *
 * @param account whose login it is
 * @param sid what the tokens call their session
 * @param expiresInSeconds lifetime of the access token
 * @param refreshExpiresAt when the refresh token expires
 */
public record Tokens(
        UUID account,
        String sid,
        String accessToken,
        String refreshToken,
        long expiresInSeconds,
        Instant refreshExpiresAt) {

    /** The same, as a session keeps it. */
    Session.Grant grant() {
        return new Session.Grant(sid, Secrets.hash(refreshToken), expiresInSeconds, refreshExpiresAt);
    }

    @Override
    public String toString() {
        return "Tokens[" + account + "]";
    }
}
