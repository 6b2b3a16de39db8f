package dev.cadenza.auth.mail;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is to be sent. Part of the state of whatever causes it until {@link QueueMail} has taken it over, so that
 * cause and mail are one write.
 *
 * @param id of the mail; its token is derived from it
 * @param client dialect in which the owner follows the mail's link
 * @param name how the owner is addressed
 * @param facts what the template says besides, such as where a login came from
 * @param at moment of the cause, and the mail's date
 * @param usefulUntil after which there is no sense in sending it; null for ever
 */
public record MailOrder(
        UUID id,
        MailKind kind,
        String client,
        String to,
        String name,
        Map<String, String> facts,
        Instant at,
        @Nullable Instant usefulUntil) {

    public MailOrder {
        facts = Map.copyOf(facts);
    }
}
