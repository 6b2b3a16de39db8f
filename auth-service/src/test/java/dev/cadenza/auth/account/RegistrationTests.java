package dev.cadenza.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTests {

    @ParameterizedTest
    @ValueSource(strings = {"ann", "Ann_Lee-2.0", "0xabc", "a.b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void acceptsOrdinaryNames(String username) {
        assertThat(Registration.isUsername(username)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                ".ann",
                "_ann",
                "ann lee",
                "ann@lee",
                "anné",
                "ann\n",
                "../etc",
                "аnn",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesOtherNames(String username) {
        assertThat(Registration.isUsername(username)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.de", "john.doe+tag@mail.example.org", "o'hara@example.co.uk", " a@b.de "})
    void acceptsOrdinaryAddresses(String email) {
        assertThat(Registration.isEmail(email)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@b",
                "@b.de",
                "a@.de",
                "a..b@c.de",
                ".a@c.de",
                "a@b.de\nBcc: x@y.de",
                "a@b.de,c@d.de",
                "Ann <a@b.de>",
                "a@b_c.de",
                "a@1.2.3.4",
                "a@b.de@c.de"
            })
    void refusesOtherAddresses(String email) {
        assertThat(Registration.isEmail(email)).isFalse();
    }

    @Test
    void namesEveryWrongFieldAtOnceAndNeverThePassword() {
        FailureException refused = catchThrowableOfType(
                FailureException.class,
                () -> Registration.of("a b", "nowhere", "short", List.of(Failure.Violation.of("more", "More."))));
        Failure.Invalid invalid = (Failure.Invalid) refused.failure();
        assertThat(invalid.violations())
                .extracting(Failure.Violation::field)
                .containsExactly("username", "email", "password", "more");
        assertThat(invalid.toString()).doesNotContain("short");
        assertThat(new Password("hunter22").toString()).doesNotContain("hunter22");
        assertThat(new Registration("ann", "a@b.de", new Password("hunter22")).toString())
                .doesNotContain("hunter22");
    }
}
