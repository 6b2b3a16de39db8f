package dev.cadenza.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.auth.account.AccountEvent.Audited;
import dev.cadenza.auth.account.AccountEvent.Registered;
import dev.cadenza.auth.account.AccountEvent.Revoked;
import dev.cadenza.auth.account.AccountEvent.Verified;
import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.auth.mail.MailOrder;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AccountTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Audited REGISTRATION = Audited.byOwner("account.registered");
    private static final Revoked CUT = new Revoked(NOW, NOW.plusSeconds(86_400));

    private static final TokenMail MAIL = mail(MailKind.VERIFY, "h0");

    private static Account begun() {
        return Account.begin("veza", "Ann.Lee", "Ann@Example.org", List.of("user"), false, NOW)
                .state();
    }

    private static Account registered() {
        return begun().registered(mail(MailKind.VERIFY, "h1"), NOW).state();
    }

    private static TokenMail mail(MailKind kind, String hash) {
        return new TokenMail(order(kind), hash, NOW.plus(Duration.ofHours(24)));
    }

    private static MailOrder order(MailKind kind) {
        return new MailOrder(Ids.next(), kind, "veza", "ann@example.org", "Ann.Lee", Map.of(), NOW, null);
    }

    private static Account withReset(Account account, String hash) {
        return account.resetRequested(mail(MailKind.RESET, hash)).state();
    }

    private static List<MailKind> kinds(Account account) {
        return account.mails().stream().map(MailOrder::kind).toList();
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
        assertThat(Account.begin("veza", "ann", "a@b.de", List.of("user"), false, NOW)
                        .events())
                .isEmpty();
        assertThat(begun().registered(MAIL, NOW).events()).containsExactly(new Registered(), REGISTRATION);
        Account registered = registered();
        assertThat(registered.registered(MAIL, NOW.plusSeconds(1))).isEqualTo(Change.of(registered));
    }

    @Test
    void aRegistrationIsLeftBehindWhenItsTimeIsOverOrItGaveUp() {
        assertThat(begun().isLeftBehind(NOW)).isFalse();
        assertThat(begun().isLeftBehind(NOW.plusSeconds(1))).isTrue();
        Account abandoned = begun().abandoned().state();
        assertThat(abandoned.isLeftBehind(NOW)).isTrue();
        assertThat(abandoned.registered(MAIL, NOW)).isEqualTo(Change.of(abandoned));
        Account registered = registered();
        assertThat(registered.abandoned().state()).isEqualTo(registered);
        assertThat(registered().isLeftBehind(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void aNewAccountIsDueAMailAVerifiedOneIsNot() {
        assertThat(kinds(registered())).containsExactly(MailKind.VERIFY);
        Account admin = Account.begin("veza", "root", "r@b.de", List.of("user", "admin"), true, NOW)
                .state()
                .registered(MAIL, NOW)
                .state();
        assertThat(admin.mails()).isEmpty();
        assertThat(admin.mailRequested(MAIL, NOW).state()).isEqualTo(admin);
        Account handedOver = registered();
        handedOver = handedOver.mailsTaken(handedOver.mails()).state();
        assertThat(handedOver.mails()).isEmpty();
        assertThat(kinds(handedOver.mailRequested(MAIL, NOW).state())).containsExactly(MailKind.VERIFY);
    }

    @Test
    void aRequestThatIsHandledTwiceOrdersOneMail() {
        Account once = registered().mailRequested(MAIL, NOW).state();
        assertThat(once.mailRequested(MAIL, NOW.plusSeconds(1))).isEqualTo(Change.of(once));
        Account reset = withReset(registered(), "r1");
        assertThat(withReset(reset, "r1")).isEqualTo(reset);
        Account used = reset.resetClaimed("r1", NOW)
                .state()
                .passwordReset("r1", order(MailKind.PASSWORD_CHANGED), CUT)
                .state();
        assertThat(withReset(used, "r1")).isEqualTo(used);
        assertThatThrownBy(() -> used.resetClaimed("r1", NOW)).isInstanceOf(FailureException.class);
    }

    @Test
    void everyMailCarriesATokenThatWorks() {
        Account account =
                registered().mailRequested(mail(MailKind.VERIFY, "h2"), NOW).state();
        assertThat(account.verified("h1", NOW.plusSeconds(60)).events())
                .containsExactly(new Verified(), Audited.byOwner("email.verified"));
        assertThat(account.verified("h2", NOW.plusSeconds(60)).state().verified())
                .isTrue();
    }

    @Test
    void aTokenWorksOnceAndNotForever() {
        Account account = registered();
        assertThatThrownBy(() -> account.verified("h2", NOW)).hasMessageContaining("verification.invalid_token");
        assertThatThrownBy(() -> account.verified("h1", NOW.plus(Duration.ofHours(24))))
                .hasMessageContaining("verification.invalid_token");
        Account verified = account.verified("h1", NOW).state();
        assertThatThrownBy(() -> verified.verified("h1", NOW)).hasMessageContaining("verification.already_verified");
    }

    @Test
    void keepsOnlyTheNewestTokens() {
        Account account = registered();
        for (int i = 0; i < 40; i++) {
            account = account.mailRequested(mail(MailKind.VERIFY, "m" + i), NOW.plusSeconds(i))
                    .state();
        }
        assertThat(verification(account).tokens())
                .extracting(Verification.Token::hash)
                .containsExactly("m35", "m36", "m37", "m38", "m39");
    }

    @Test
    void aResetIsReplacedByANewerOneAndVerifiesTheAddress() {
        Account account = withReset(withReset(registered(), "r1"), "r2");
        assertThatThrownBy(() -> account.resetClaimed("r1", NOW)).hasMessageContaining("password.invalid_token");
        assertThatThrownBy(() -> account.resetClaimed("r2", NOW.plus(Duration.ofHours(24))))
                .hasMessageContaining("password.invalid_token");
        Account claimed = account.resetClaimed("r2", NOW).state();
        // nobody else meanwhile, but again once it is certain that whoever was at it has died
        assertThatThrownBy(() -> claimed.resetClaimed("r2", NOW.plusSeconds(1)))
                .hasMessageContaining("password.invalid_token");
        assertThatThrownBy(() -> claimed.passwordClaimed(NOW.plusSeconds(1))).hasMessageContaining("password.busy");
        assertThat(claimed.resetClaimed("r2", NOW.plusSeconds(31)).events()).isEmpty();
        Change<Account, AccountEvent> reset = claimed.passwordReset("r2", order(MailKind.PASSWORD_CHANGED), CUT);
        assertThat(reset.events())
                .containsExactly(
                        CUT, Audited.byOwner("password.reset"), new Verified(), Audited.byOwner("email.verified"));
        assertThat(reset.state().verified()).isTrue();
        assertThat(reset.state().duties().sessionsAt()).isNull();
        assertThat(kinds(reset.state())).endsWith(MailKind.PASSWORD_CHANGED);
    }

    @Test
    void aClaimThatDiedEndsSessionsAndTokens() {
        Account claimed = withReset(registered(), "r1").resetClaimed("r1", NOW).state();
        assertThat(claimed.sessionsEnded(CUT).events()).containsExactly(CUT);
        assertThat(claimed.sessionsEnded(CUT).state().sessionsEnded(CUT).events())
                .isEmpty();
    }

    @Test
    void aLockedAccountGetsNoReset() {
        Account locked = registered().lockChanged(true, Ids.next(), CUT, NOW).state();
        assertThat(withReset(locked, "r1")).isEqualTo(locked);
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
