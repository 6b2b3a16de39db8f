package dev.cadenza.launcher.infra;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that arrived, for one of its recipients.
 *
 * @param id newer ones sort after older ones
 * @param to the recipient it was delivered to
 * @param from sender as the mail says
 * @param subject empty where it has none
 * @param receivedAt when it arrived
 * @param text the plain text part; empty where it has none
 * @param html the HTML part
 */
record Mail(
        String id,
        String to,
        String from,
        String subject,
        Instant receivedAt,
        String text,
        @Nullable String html) {}
