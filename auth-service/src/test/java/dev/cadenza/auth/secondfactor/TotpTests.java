package dev.cadenza.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTests {

    /** {@code 12345678901234567890} in Base32. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /** The last six digits of RFC 6238's appendix B. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void makesTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void takesTheCodesNextToNow() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        for (int seconds : new int[] {-30, 0, 30}) {
            assertThat(Totp.accepts(SECRET, Totp.code(SECRET, now.plusSeconds(seconds)), now))
                    .isTrue();
        }
        for (int seconds : new int[] {-90, -60, 60, 90}) {
            assertThat(Totp.accepts(SECRET, Totp.code(SECRET, now.plusSeconds(seconds)), now))
                    .isFalse();
        }
        for (String code : new String[] {"", "5924", "0005924", "abcdef", "00592\u0664"}) {
            assertThat(Totp.accepts(SECRET, code, now)).isFalse();
        }
    }

    @Test
    void secretsAreLongAndNoTwoAlike() {
        assertThat(Totp.newSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
    }

    @Test
    void namesAreEscapedInTheAddress() {
        assertThat(Totp.uri("Cadenza", "a b&c", SECRET))
                .isEqualTo("otpauth://totp/Cadenza:a%20b%26c?secret=" + SECRET
                        + "&issuer=Cadenza&algorithm=SHA1&digits=6&period=30");
    }
}
