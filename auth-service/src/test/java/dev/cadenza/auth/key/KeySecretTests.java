package dev.cadenza.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySecretTests {

    @Test
    void isReadAgainAndHashedAlike() {
        KeySecret secret = KeySecret.next();
        assertThat(secret.text()).matches("cdz_[A-Za-z0-9_-]{43}[0-9a-z]{6}");
        assertThat(KeySecret.parse(secret.text())).contains(secret);
        assertThat(secret.hash())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(KeySecret.next().hash());
        assertThat(secret.text()).startsWith(secret.prefix());
        assertThat(secret.prefix()).hasSize(12);
    }

    @Test
    void aTypingErrorIsSeen() {
        String text = KeySecret.next().text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(KeySecret.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("character %d", i)
                    .isEmpty();
        }
        assertThat(KeySecret.parse(text + "0")).isEmpty();
        assertThat(KeySecret.parse(text.substring(1))).isEmpty();
        assertThat(KeySecret.parse("")).isEmpty();
        assertThat(KeySecret.parse(text + "\n")).isEmpty();
    }

    @Test
    void doesNotShowItself() {
        KeySecret secret = KeySecret.next();
        assertThat(secret.toString()).doesNotContain(secret.text()).hasSizeLessThan(20);
    }
}
