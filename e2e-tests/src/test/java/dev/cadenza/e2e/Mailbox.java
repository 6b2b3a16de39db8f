package dev.cadenza.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What somebody was sent, as the local stack's mail page shows it. */
record Mailbox(Platform platform, String address) {

    private static final Pattern LINK =
            Pattern.compile("(?:token=|verify-email/|reset-password/)([A-Za-z0-9._~-]{16,})");

    /** The token in the newest mail that contains this word, once it has arrived. */
    String token(String word) {
        String text = await().atMost(Duration.ofSeconds(60)).until(() -> newest(word), found -> !found.isEmpty());
        Matcher link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in: " + text);
        }
        return link.group(1);
    }

    /** How many mails came with this word. */
    long count(String word) {
        return mails().valueStream()
                .filter(mail -> mail.path("text").asString().contains(word))
                .count();
    }

    private JsonNode mails() {
        return platform.anonymous()
                .get(platform.mailPage() + "/api/mails?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
                .expect(200)
                .json();
    }

    private String newest(String word) {
        for (JsonNode mail : mails()) {
            String text = mail.path("text").asString();
            if (text.contains(word)) {
                return text;
            }
        }
        return "";
    }
}
