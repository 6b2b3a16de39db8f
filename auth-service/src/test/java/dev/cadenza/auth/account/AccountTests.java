package dev.cadenza.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.auth.account.AccountEvent.Audited;
import dev.cadenza.auth.account.AccountEvent.Registered;
import dev.cadenza.auth.account.AccountEvent.Verified;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AccountTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Audited REGISTRATION = Audited.byOwner("account.registered");
    private static final Verification.Limits LIMITS =
            new Verification.Limits(Duration.ofHours(24), 3, Duration.ofSeconds(30), 3);

    private static Account begun() {
        return Account.begin("Ann.Lee", "Ann@Example.org", List.of("user"), false, NOW)
                .state();
    }

    private static Account registered() {
        return begun().registered(NOW).state();
    }

    private static Verification verification(Account account) {
        return Objects.requireNonNull(account.verification());
    }

    @Test
    void keepsTheNameAsWrittenAndComparesItWithoutCase() {
        assertThat(begun().handle()).isEqualTo("Ann.Lee");
        assertThat(begun().username()).isEqualTo("ann.lee");
        assertThat(begun().email()).isEqualTo("ann@example.org");
    }

    @Test
    void isAnnouncedOnlyOnceItIsComplete() {
        assertThat(Account.begin("ann", "a@b.de", List.of("user"), false, NOW).events())
                .isEmpty();
        assertThat(begun().registered(NOW).events()).containsExactly(new Registered(), REGISTRATION);
        assertThat(registered().registered(NOW.plusSeconds(1)).events()).isEmpty();
        assertThat(registered().registered(NOW.plusSeconds(1)).state()).isEqualTo(registered());
    }

    @Test
    void aRegistrationIsLeftBehindWhenItsTimeIsOverOrItGaveUp() {
        assertThat(begun().isLeftBehind(NOW)).isFalse();
        assertThat(begun().isLeftBehind(NOW.plusSeconds(1))).isTrue();
        Account abandoned = begun().abandoned().state();
        assertThat(abandoned.isLeftBehind(NOW)).isTrue();
        assertThat(abandoned.registered(NOW).events()).containsExactly(new Registered(), REGISTRATION);
        assertThat(registered().abandoned().state()).isEqualTo(registered());
        assertThat(registered().isLeftBehind(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void aNewAccountIsDueAMailAVerifiedOneIsNot() {
        assertThat(verification(registered()).mailDueAt()).isEqualTo(NOW);
        Account admin = Account.begin("root", "r@b.de", List.of("user", "admin"), true, NOW)
                .state()
                .registered(NOW)
                .state();
        assertThat(admin.verification()).isNull();
        assertThat(admin.mailRequested(NOW, LIMITS).state()).isEqualTo(admin);
    }

    @Test
    void aClaimedMailIsDueAgainAfterAPauseThatGrowsUntilItIsGivenUp() {
        Account account = registered().mailClaimed("h1", NOW, LIMITS).state();
        assertThat(verification(account).mailDueAt()).isEqualTo(NOW.plusSeconds(30));
        account = account.mailClaimed("h2", NOW.plusSeconds(30), LIMITS).state();
        assertThat(verification(account).mailDueAt()).isEqualTo(NOW.plusSeconds(90));
        account = account.mailClaimed("h3", NOW.plusSeconds(90), LIMITS).state();
        assertThat(verification(account).mailDueAt()).isNull();
        // it may be asked for anew
        account = account.mailRequested(NOW.plusSeconds(200), LIMITS).state();
        assertThat(verification(account).mailDueAt()).isEqualTo(NOW.plusSeconds(200));
    }

    @Test
    void everyMailThatMayHaveLeftCarriesATokenThatWorks() {
        Account account = registered().mailClaimed("h1", NOW, LIMITS).state();
        account = account.mailClaimed("h2", NOW.plusSeconds(30), LIMITS)
                .state()
                .mailed(NOW.plusSeconds(31))
                .state();
        assertThat(verification(account).mailDueAt()).isNull();
        assertThat(account.verified("h1", NOW.plusSeconds(60)).events())
                .containsExactly(new Verified(), Audited.byOwner("email.verified"));
        assertThat(account.verified("h2", NOW.plusSeconds(60)).state().verified())
                .isTrue();
    }

    @Test
    void aTokenWorksOnceAndNotForever() {
        Account account = registered().mailClaimed("h1", NOW, LIMITS).state();
        assertThatThrownBy(() -> account.verified("h2", NOW)).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> account.verified("h1", NOW.plus(Duration.ofHours(24))))
                .isInstanceOf(FailureException.class);
        Account verified = account.verified("h1", NOW).state();
        assertThatThrownBy(() -> verified.verified("h1", NOW)).isInstanceOf(FailureException.class);
    }

    @Test
    void anAddressGetsThreeMailsAnHour() {
        Account account = registered();
        for (int i = 1; i <= 5; i++) {
            account = account.mailRequested(NOW.plusSeconds(i), LIMITS).state();
        }
        assertThat(verification(account).mailedAt()).hasSize(3);
        assertThat(verification(account).mailDueAt()).isEqualTo(NOW.plusSeconds(2));
        account = account.mailRequested(NOW.plus(Duration.ofHours(2)), LIMITS).state();
        assertThat(verification(account).mailDueAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void keepsOnlyTheNewestTokens() {
        Account account = registered();
        Verification.Limits patient = new Verification.Limits(Duration.ofHours(24), 3, Duration.ofSeconds(30), 1000);
        for (int i = 0; i < 40; i++) {
            account = account.mailClaimed("h" + i, NOW.plusSeconds(i), patient).state();
        }
        assertThat(verification(account).tokens()).hasSize(5);
        assertThat(Objects.requireNonNull(verification(account).mailDueAt()))
                .isEqualTo(NOW.plusSeconds(39).plus(Duration.ofHours(1)));
    }

    @Test
    void aProfileAndANameChangeTogetherAndAreTold() {
        Profile profile =
                new Profile("Ann", null, "Ann L.", null, null, null, null, null, null, Profile.SocialLinks.NONE);
        Change<Account, AccountEvent> renamed = registered().profileChanged("Annie", profile, null, NOW.plusSeconds(5));
        assertThat(renamed.state().handle()).isEqualTo("Annie");
        assertThat(renamed.state().username()).isEqualTo("annie");
        assertThat(renamed.state().updatedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(renamed.events())
                .containsExactly(
                        new AccountEvent.Updated(),
                        new Audited("profile.updated", null, null, Map.of("username", "Annie", "before", "Ann.Lee")));
        assertThat(renamed.state().profileChanged(null, profile, null, NOW.plusSeconds(9)))
                .isEqualTo(Change.of(renamed.state()));
    }
}
