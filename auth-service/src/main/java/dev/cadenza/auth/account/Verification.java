package dev.cadenza.auth.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the proof of an e-mail address is.
 *
 * @param tokens what the mails of this address may have carried; more than one, because nobody knows whether a mail
 *     that was interrupted has left
 * @param mailDueAt when the next mail is to be sent; null for none
 * @param attempts mails tried since the last one that left
 * @param mailedAt when mails were asked for, within the last hour
 */
public record Verification(List<Token> tokens, @Nullable Instant mailDueAt, int attempts, List<Instant> mailedAt) {

    /** Nothing asked for yet. */
    public static final Verification NONE = new Verification(List.of(), null, 0, List.of());

    private static final int TOKENS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /**
     * A token that verifies the address.
     *
     * @param hash of the token, which itself is stored nowhere
     */
    public record Token(String hash, Instant expiresAt) {}

    /**
     * Bounds of mailing.
     *
     * @param validFor lifetime of a token
     * @param perHour mails that one address may ask for within an hour
     * @param firstPause before a mail that did not leave is tried again; doubles up to an hour. Longer than sending takes
     * @param attempts after so many a mail is given up; its owner may ask for another
     */
    public record Limits(Duration validFor, int perHour, Duration firstPause, int attempts) {}

    public Verification {
        tokens = List.copyOf(tokens);
        mailedAt = List.copyOf(mailedAt);
    }

    boolean mayBeMailed(Instant now, Limits limits) {
        return lately(now).size() < limits.perHour();
    }

    Verification requested(Instant now) {
        List<Instant> asked = new ArrayList<>(lately(now));
        asked.add(now);
        return new Verification(tokens, now, 0, asked);
    }

    Verification claimed(String tokenHash, Instant now, Limits limits) {
        List<Token> known = new ArrayList<>(
                tokens.stream().filter(token -> token.expiresAt().isAfter(now)).toList());
        known.add(new Token(tokenHash, now.plus(limits.validFor())));
        Instant again = attempts + 1 >= limits.attempts() ? null : now.plus(pause(limits));
        return new Verification(
                known.subList(Math.max(0, known.size() - TOKENS), known.size()), again, attempts + 1, mailedAt);
    }

    Verification mailed(Instant now) {
        return new Verification(tokens, null, 0, lately(now));
    }

    boolean accepts(String tokenHash, Instant now) {
        return tokens.stream()
                .anyMatch(token ->
                        token.hash().equals(tokenHash) && token.expiresAt().isAfter(now));
    }

    private Duration pause(Limits limits) {
        Duration pause = limits.firstPause().multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private List<Instant> lately(Instant now) {
        Instant hourAgo = now.minus(Duration.ofHours(1));
        return mailedAt.stream().filter(at -> at.isAfter(hourAgo)).toList();
    }
}
