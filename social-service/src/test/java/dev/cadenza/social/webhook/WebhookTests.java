package dev.cadenza.social.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTests {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final AddressGuard PUBLIC_ONLY = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/webhook",
                "http://example.com:8080/a?b=c",
                "HTTPS://EXAMPLE.COM",
                "https://a-b.example.co.uk/x",
                "https://xn--bcher-kva.example/",
                "https://example.com./",
                "http://8.8.8.8/hook",
                "http://[2606:4700::1111]:8443/hook",
                "http://internal/hook"
            })
    void takesAnAddressOnTheWeb(String url) {
        assertThat(registered(url, List.of("*"), null).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "example.com",
                "/hook",
                "//example.com/hook",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "javascript:alert(1)",
                "http:///hook",
                "http://",
                "http://exa mple.com/",
                "http://example.com/\r\nX-Injected: 1",
                "http://user@example.com/",
                "http://user:password@example.com/",
                "http://127.0.0.1@example.com/",
                "http://example.com/#fragment",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:x/",
                "http://-example.com/",
                "http://exa_mple..com/",
                "http://127.0.0.1/",
                "http://127.0.0.1:9000/",
                "http://127.1/",
                "http://127.0.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://0/",
                "http://0.0.0.0/",
                "http://010.0.0.1/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://168.63.129.16/",
                "http://255.255.255.255/",
                "http://999.1.1.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[2002:7f00:1::]/",
                "http://localhost/",
                "http://LOCALHOST:8080/",
                "http://localhost./",
                "http://api.localhost/",
                "http://127.0.0.1.\u3002example.com/",
                "http://\u2460\u2461\u2466.0.0.1/"
            })
    void refusesEveryOtherAddress(@Nullable String url) {
        assertThat(violations(url, List.of("*"), null))
                .extracting(Violation::field)
                .containsExactly("url");
    }

    @Test
    void refusesAnEndlessAddress() {
        assertThat(violations("https://example.com/" + "a".repeat(2_048), List.of("*"), null))
                .isNotEmpty();
    }

    @Test
    void takesLoopbackWhereTheSettingAllowsIt() {
        AddressGuard local = new AddressGuard(List.of("127.0.0.0/8"));

        for (String url : List.of("http://127.0.0.1:9000/x", "http://localhost:9000/x")) {
            assertThat(Webhook.register(UUID.randomUUID(), UUID.randomUUID(), url, List.of("*"), null, local, NOW))
                    .isNotNull();
        }
    }

    @Test
    void namesEveryWrongField() {
        assertThat(violations("nowhere", List.of("track.uploadet"), "short"))
                .extracting(Violation::field)
                .containsExactly("url", "events", "secret");
    }

    @Test
    void wantsAtLeastOneKnownEvent() {
        assertThat(violations("https://example.com/", List.of(), null)).hasSize(1);
        assertThat(violations("https://example.com/", null, null)).hasSize(1);
        assertThat(violations("https://example.com/", Arrays.asList("track.uploaded", null), null))
                .hasSize(1);
        assertThat(registered("https://example.com/", List.of("track.uploaded", "track.uploaded"), null)
                        .events())
                .containsExactly("track.uploaded");
    }

    @Test
    void isToldOfWhatItAskedForAndOfWhatHappenedSince() {
        Webhook webhook = registered("https://example.com/", List.of("track.uploaded"), null);

        assertThat(webhook.wants("track.uploaded", NOW)).isTrue();
        assertThat(webhook.wants("track.deleted", NOW)).isFalse();
        assertThat(webhook.wants("track.uploaded", NOW.minusSeconds(60))).isFalse();
        assertThat(webhook.disabled(NOW).wants("track.uploaded", NOW)).isFalse();
        assertThat(registered("https://example.com/", List.of("*"), null).wants("track.deleted", NOW))
                .isTrue();
    }

    @Test
    void signsWithBothKeysForAWhileAfterANewOne() {
        Webhook first = registered("https://example.com/", List.of("*"), null);
        SigningKey fresh = SigningKey.generate();

        Webhook rotated = first.withNewKey(fresh, NOW, Duration.ofHours(24));

        assertThat(rotated.currentKey()).isEqualTo(fresh);
        assertThat(rotated.keysAt(NOW.plus(Duration.ofHours(23)))).hasSize(2);
        assertThat(rotated.keysAt(NOW.plus(Duration.ofHours(24)))).containsExactly(fresh);
        assertThat(rotated.withNewKey(SigningKey.generate(), NOW, Duration.ofHours(24))
                        .keys())
                .hasSize(2);
    }

    @Test
    void usesTheBytesOfAChosenSecret() {
        assertThat(SigningKey.chosen("webhook_secret_key").bytes())
                .isEqualTo("webhook_secret_key".getBytes(StandardCharsets.UTF_8));
        assertThat(SigningKey.chosen("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").text())
                .isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not base64 at all!",
                "whsec_MfKQ9r8GKYqrTwjUPD8I*"
            })
    void refusesASecretThatIsNone(String secret) {
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> SigningKey.chosen(secret));
    }

    @Test
    void doesNotTellItsKeyWhenPrinted() {
        SigningKey key = SigningKey.generate();

        assertThat(key.toString()).doesNotContain(key.text().substring(6));
        assertThat(registered("https://example.com/", List.of("*"), null).toString())
                .doesNotContain("whsec_");
    }

    private static Webhook registered(String url, List<String> events, @Nullable String secret) {
        return Webhook.register(
                UUID.randomUUID(), UUID.randomUUID(), url, List.copyOf(events), secret, PUBLIC_ONLY, NOW);
    }

    private static List<Violation> violations(
            @Nullable String url, @Nullable List<@Nullable String> events, @Nullable String secret) {
        FailureException thrown = catchThrowableOfType(
                FailureException.class,
                () -> Webhook.register(UUID.randomUUID(), UUID.randomUUID(), url, events, secret, PUBLIC_ONLY, NOW));
        assertThat(thrown).as("registering %s", url).isNotNull();
        return ((Failure.Invalid) thrown.failure()).violations();
    }
}
