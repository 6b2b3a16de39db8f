package dev.cadenza.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.auth.mail.Postman.Letter;
import dev.cadenza.auth.secret.Deriving;
import dev.cadenza.auth.secret.SecretSettings;
import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeLetterTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<]+");

    private final ComposeLetter compose = new ComposeLetter(
            new MailSettings(
                    "Cadenza <no-reply@cadenza.example>",
                    Map.of(
                            "veza",
                            "https://music.example/v?token={token}",
                            "audionova",
                            "https://music.example/a/{token}/"),
                    "https://music.example/r/{token}/",
                    Duration.ofSeconds(30),
                    40,
                    Duration.ofDays(7),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10)),
            new MailTokens(new Deriving(new SecretSettings("a secret of at least thirty-two letters"))));

    private static MailOrder order(MailKind kind, String client, String name, String device) {
        return new MailOrder(
                Ids.next(),
                kind,
                client,
                "ann@example.org",
                name,
                Map.of("ip", "192.0.2.1", "device", device),
                NOW,
                NOW.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @EnumSource(MailKind.class)
    void everyKindIsWrittenInTextAndHtmlAndLinksNowhereElse(MailKind kind) {
        MailOrder order = order(kind, "veza", "ann", "Firefox");
        Letter letter = compose.compose(order);
        assertThat(letter).isEqualTo(compose.compose(order));
        assertThat(letter.id()).isEqualTo(order.id() + "@cadenza.example");
        assertThat(letter.subject()).isNotBlank();
        assertThat(letter.text()).startsWith("Hello ann,").doesNotContain("{{", "}}", "<");
        assertThat(letter.html())
                .startsWith("<!DOCTYPE html>")
                .contains("lang=\"en\"", "Hello ann,", letter.subject())
                .doesNotContain("{{", "}}", "<img", "<script", "<link");
        for (String body : new String[] {letter.text(), letter.html()}) {
            assertThat(ADDRESS.matcher(body).results())
                    .allSatisfy(link -> assertThat(link.group()).startsWith("https://music.example/"));
        }
    }

    @Test
    void theLinkIsThatOfTheDialectAndItsTokenAlwaysTheSame() {
        MailOrder order = order(MailKind.VERIFY, "audionova", "ann", "");
        Letter letter = compose.compose(order);
        String token = new MailTokens(new Deriving(new SecretSettings("a secret of at least thirty-two letters")))
                .token(order.id());
        assertThat(token).hasSize(43);
        assertThat(letter.text()).contains("https://music.example/a/" + token + "/", "within one hour");
        assertThat(letter.html()).contains("href=\"https://music.example/a/" + token + "/\"");
        assertThat(compose.compose(order(MailKind.VERIFY, "musewave", "ann", ""))
                        .text())
                .contains("https://music.example/v?token=")
                .doesNotContain(token);
    }

    @Test
    void whatSomebodyChoseIsNeitherMarkupNorALineOfItsOwn() {
        Letter letter = compose.compose(order(
                MailKind.NEW_LOGIN, "veza", "ann", "<b>x</b>\r\nBcc: eve@example.org\u2028&\"'$1 \\1 \u202Eevil"));
        assertThat(letter.html())
                .contains("&lt;b&gt;x&lt;/b&gt;", "&amp;&quot;&#39;$1 \\1")
                .doesNotContain("<b>", "\u202E");
        assertThat(letter.text()).contains("<b>x</b>  Bcc: eve@example.org").doesNotContain("\nBcc", "\r", "\u202E");
    }

    @Test
    void aNameThatLooksLikeAnAddressIsNotRepeated() {
        assertThat(compose.compose(order(MailKind.VERIFY, "veza", "evil.example", ""))
                        .text())
                .startsWith("Hello,\n")
                .doesNotContain("evil");
    }

    @Test
    void nothingBreaksOutOfTheHeadOfAMail() {
        for (String evil :
                new String[] {"a@b.de\r\nBcc: eve@example.org", "a@b.de\nX: y", "a\u0000@b.de", "a\u0085@b.de"}) {
            assertThatThrownBy(() -> new Letter("1@b.de", NOW, "a@b.de", evil, "s", "t", "h"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Letter("1@b.de", NOW, "a@b.de", "a@b.de", evil, "t", "h"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
