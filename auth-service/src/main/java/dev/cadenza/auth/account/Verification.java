package dev.cadenza.auth.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The proof of an e-mail address.
 *
 * @param client dialect in which the owner registered
 * @param tokens that prove it, the newest last; also those of an address that is proved, which they tell so
 */
public record Verification(String client, List<Token> tokens) {

    /** Dialect of whoever has no other. */
    static final String NATIVE = "veza";

    private static final int TOKENS = 5;

    /**
     * A token that proves the address.
     *
     * @param hash of the token, which itself is stored nowhere
     */
    public record Token(String hash, Instant expiresAt) {}

    public Verification {
        // of accounts that were stored before this existed
        client = client == null ? NATIVE : client;
        tokens = List.copyOf(tokens);
    }

    static Verification in(String client) {
        return new Verification(client, List.of());
    }

    Verification with(Token token, Instant now) {
        List<Token> known = new ArrayList<>(
                tokens.stream().filter(old -> old.expiresAt().isAfter(now)).toList());
        known.add(token);
        return new Verification(client, known.subList(Math.max(0, known.size() - TOKENS), known.size()));
    }

    boolean knows(String tokenHash) {
        return tokens.stream().anyMatch(token -> token.hash().equals(tokenHash));
    }

    boolean accepts(String tokenHash, Instant now) {
        return tokens.stream()
                .anyMatch(token ->
                        token.hash().equals(tokenHash) && token.expiresAt().isAfter(now));
    }
}
