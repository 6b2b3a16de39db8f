package dev.cadenza.platform.web.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MediaSignerTests {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void anAddressOpensWhatItWasSignedForUntilItExpires() {
        String query = at(NOW).query("/media/songs/1/a");
        assertThat(valid(at(NOW), "/media/songs/1/a", query)).isTrue();
        assertThat(valid(at(NOW.plus(Duration.ofMinutes(59))), "/media/songs/1/a", query))
                .isTrue();
        assertThat(valid(at(NOW.plus(Duration.ofHours(2))), "/media/songs/1/a", query))
                .isFalse();
        assertThat(valid(at(NOW), "/media/songs/2/a", query)).isFalse();
        assertThat(valid(at(NOW), "/media/songs/1/a", query.replace("expires=", "expires=9")))
                .isFalse();
        assertThat(valid(at(NOW), "/media/songs/1/a", query.substring(0, query.length() - 1) + "~"))
                .isFalse();
    }

    @Test
    void parametersThatNobodyGaveOutAreNotValid() {
        MediaSigner signer = at(NOW);
        assertThat(signer.valid("x", null, null)).isFalse();
        assertThat(signer.valid("x", "", "")).isFalse();
        assertThat(signer.valid("x", "-1", "s")).isFalse();
        assertThat(signer.valid("x", "9999999999999", "s")).isFalse();
        assertThat(signer.valid("x", "٣", "s")).isFalse();
    }

    @Test
    void pollingClientsSeeTheSameAddress() {
        assertThat(at(NOW).query("x")).isEqualTo(at(NOW.plusSeconds(1_800)).query("x"));
    }

    @Test
    void anAddressWithAnEndOfItsOwnEndsThen() {
        String query = at(NOW).query("x", NOW.plusSeconds(60));
        assertThat(valid(at(NOW.plusSeconds(59)), "x", query)).isTrue();
        assertThat(valid(at(NOW.plusSeconds(60)), "x", query)).isFalse();
    }

    @Test
    void withoutASecretAddressesEndWithTheProcess() {
        MediaSettings settings = new MediaSettings(null, Duration.ofHours(2));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        MediaSigner first = new MediaSigner(settings, clock);
        assertThat(valid(first, "x", first.query("x"))).isTrue();
        assertThat(valid(new MediaSigner(settings, clock), "x", first.query("x")))
                .isFalse();
    }

    @Test
    void aShortSecretIsRefusedAndNoneIsShown() {
        assertThatThrownBy(() -> new MediaSigner(new MediaSettings("short", Duration.ofHours(2)), Clock.systemUTC()))
                .hasMessageContaining("16 bytes");
        assertThat(new MediaSettings("a secret of the tests", Duration.ofHours(2)).toString())
                .doesNotContain("secret of");
    }

    private static MediaSigner at(Instant now) {
        return new MediaSigner(
                new MediaSettings("a secret of the tests", Duration.ofHours(2)), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static boolean valid(MediaSigner signer, String what, String query) {
        String[] parts = query.split("[=&]");
        return signer.valid(what, parts[1], parts[3]);
    }
}
