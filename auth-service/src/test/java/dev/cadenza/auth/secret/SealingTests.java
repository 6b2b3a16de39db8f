package dev.cadenza.auth.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealingTests {

    private final Sealing sealing = new Sealing(new SecretSettings("one secret of at least 32 characters"));

    @Test
    void opensWhatItSealed() {
        String sealed = sealing.seal("purpose", "place", "text ½ 🎵");
        assertThat(sealed).doesNotContain("text");
        assertThat(sealing.open("purpose", "place", sealed)).contains("text ½ 🎵");
        assertThat(sealing.seal("purpose", "place", "text ½ 🎵")).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingElse() {
        String sealed = sealing.seal("purpose", "place", "text");
        assertThat(sealing.open("another", "place", sealed)).isEmpty();
        assertThat(sealing.open("purpose", "another", sealed)).isEmpty();
        assertThat(new Sealing(new SecretSettings("another secret of at least 32 characters"))
                        .open("purpose", "place", sealed))
                .isEmpty();
        String changed = (sealed.startsWith("A") ? "B" : "A") + sealed.substring(1);
        assertThat(sealing.open("purpose", "place", changed)).isEmpty();
        for (String text : new String[] {"", "AAAA", "not base64 !", sealed.substring(4)}) {
            assertThat(sealing.open("purpose", "place", text)).as(text).isEmpty();
        }
    }

    @Test
    void settingsDoNotShowTheSecret() {
        assertThat(new SecretSettings("one secret of at least 32 characters").toString())
                .doesNotContain("secret of");
    }
}
