package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mails of one kind that somebody asked for by naming an address, whether it is anybody's or not: whoever asks cannot
 * tell the difference, neither by the answer nor by its time, because the address is looked up later.
 *
 * @param client dialect in which the last one was asked for
 * @param askedAt when mails were asked for within the last hour, the oldest first
 * @param lastAskedAt the last of them
 * @param mail id of the mail that is not ordered yet; null for none
 * @param waitingSince null where there is none
 */
public record MailRequest(
        MailKind kind,
        String address,
        String client,
        List<Instant> askedAt,
        @Nullable Instant lastAskedAt,
        @Nullable UUID mail,
        @Nullable Instant waitingSince) {

    private static final Duration HOUR = Duration.ofHours(1);

    public MailRequest {
        askedAt = List.copyOf(askedAt);
    }

    /** Nothing asked for yet. */
    public static MailRequest none(MailKind kind, String address) {
        return new MailRequest(kind, address, "", List.of(), null, null, null);
    }

    /** A mail is wanted; {@link Failure.TooMany} where enough were asked for within the hour. */
    Change<MailRequest, Void> asked(String newClient, UUID newMail, Instant now, int perHour) {
        List<Instant> lately = new ArrayList<>(
                askedAt.stream().filter(at -> at.isAfter(now.minus(HOUR))).toList());
        if (lately.size() >= perHour) {
            Duration wait = Duration.between(now, lately.getFirst().plus(HOUR));
            throw new Failure.TooMany("mail.too_many", "Too many mails were asked for. Try again later.", (int)
                            Math.max(1, wait.toSeconds()))
                    .asException();
        }
        lately.add(now);
        return Change.of(new MailRequest(kind, address, newClient, lately, now, newMail, now));
    }

    /** The mail is ordered, or there is nobody to send it to. */
    Change<MailRequest, Void> handled(UUID handled) {
        return Objects.equals(mail, handled)
                ? Change.of(new MailRequest(kind, address, client, askedAt, lastAskedAt, null, null))
                : Change.of(this);
    }
}
