package dev.cadenza.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MailTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Mail.Limits LIMITS = new Mail.Limits(Duration.ofSeconds(30), 3);

    private static Mail ordered(int usefulHours) {
        return Mail.ordered(new MailOrder(
                        Ids.next(),
                        MailKind.RESET,
                        "veza",
                        "ann@example.org",
                        "ann",
                        Map.of(),
                        NOW,
                        NOW.plus(Duration.ofHours(usefulHours))))
                .state();
    }

    @Test
    void aClaimedMailIsDueAgainAfterAPauseThatGrowsUntilItIsGivenUp() {
        Mail mail = ordered(24).claimed(NOW, LIMITS).state();
        assertThat(mail.dueAt()).isEqualTo(NOW.plusSeconds(30));
        mail = mail.claimed(NOW.plusSeconds(30), LIMITS).state();
        assertThat(mail.dueAt()).isEqualTo(NOW.plusSeconds(90));
        mail = mail.claimed(NOW.plusSeconds(90), LIMITS).state();
        assertThat(Objects.requireNonNull(mail.order()).to()).isEqualTo("ann@example.org");
        mail = mail.claimed(NOW.plusSeconds(300), LIMITS).state();
        assertThat(mail.dueAt()).isNull();
        assertThat(mail.order()).isNull();
    }

    @Test
    void noPauseIsLongerThanAnHour() {
        Mail mail = ordered(24_000);
        for (int i = 0; i < 30; i++) {
            mail = mail.claimed(NOW, new Mail.Limits(Duration.ofSeconds(30), 100))
                    .state();
        }
        assertThat(mail.dueAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void aMailThatIsOfNoUseAnyMoreIsGivenUp() {
        assertThat(ordered(1)
                        .claimed(NOW.plus(Duration.ofHours(1)), LIMITS)
                        .state()
                        .order())
                .isNull();
    }

    @Test
    void aMailThatLeftKeepsNoAddress() {
        assertThat(ordered(1).done().state().toString()).doesNotContain("ann");
    }
}
