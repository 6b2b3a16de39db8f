package dev.cadenza.auth.login;

import java.util.UUID;

/**
 * What a login gives.
 *
 * @param account whose login it is
 * @param expiresInSeconds lifetime of the access token
 */
public record Tokens(UUID account, String accessToken, String refreshToken, long expiresInSeconds) {

    @Override
    public String toString() {
        return "Tokens[" + account + "]";
    }
}
