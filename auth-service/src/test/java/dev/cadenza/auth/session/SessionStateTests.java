package dev.cadenza.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.auth.session.Session.Grant;
import dev.cadenza.auth.session.Session.Kind;
import dev.cadenza.auth.session.SessionEvent.Audited;
import dev.cadenza.auth.session.SessionEvent.Revoked;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionStateTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final ClientOrigin ORIGIN = new ClientOrigin("192.0.2.1", "agent");

    @Test
    void itsEndRevokesItsTokensUntilTheLastHasExpired() {
        Change<Session, SessionEvent> ended = begun(Kind.TOKENS, null).ended(NOW.plusSeconds(5), "logout");
        Session session = ended.state();
        assertThat(session.isOpen(NOW.plusSeconds(5))).isFalse();
        assertThat(session.expiresAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(session.closing()).isEqualTo(NOW.plusSeconds(5));
        assertThat(ended.events()).hasSize(2);
        // a refresh that was under way may have given out a token that lives as long as any, from then on
        assertThat(((Revoked) ended.events().getFirst()).until())
                .isAfter(NOW.plusSeconds(5).plusSeconds(86_400))
                .isBefore(NOW.plus(Duration.ofHours(25)));
        assertThat(ended.events().getLast()).isEqualTo(Audited.of("logout"));
    }

    @Test
    void itEndsOnce() {
        Session ended = begun(Kind.TOKENS, null).ended(NOW, "logout").state();
        Change<Session, SessionEvent> again = ended.ended(NOW.plusSeconds(1), "token.reused");
        assertThat(again.events()).isEmpty();
        assertThat(again.state()).isSameAs(ended);
        assertThat(ended.renewed(grant("new"), ORIGIN, NOW).state()).isSameAs(ended);
        assertThat(ended.used("192.0.2.2", NOW.plusSeconds(9)).state()).isSameAs(ended);
        assertThat(ended.closed().state().closing()).isNull();
    }

    @Test
    void keycloakHearsNothingOfABrowsersSession() {
        assertThat(begun(Kind.BROWSER, null).ended(NOW).state().closing()).isNull();
    }

    @Test
    void refreshingProlongsItUnlessItsEndIsFixed() {
        Instant later = NOW.plus(Duration.ofDays(20));
        Grant grant = new Grant("sid", "new", 86_400, later.plus(MONTH));
        Session lasting = begun(Kind.TOKENS, null).renewed(grant, ORIGIN, later).state();
        assertThat(lasting.expiresAt()).isEqualTo(later.plus(MONTH));
        assertThat(lasting.secretHash()).isEqualTo("new");
        assertThat(lasting.lastActivity()).isEqualTo(later);
        Session fixed = begun(Kind.TOKENS, NOW.plus(MONTH))
                .renewed(grant, ORIGIN, later)
                .state();
        assertThat(fixed.expiresAt()).isEqualTo(NOW.plus(MONTH));
        assertThat(fixed.isOpen(NOW.plus(MONTH))).isFalse();
    }

    @Test
    void olderNewsOfItsUseChangeNothing() {
        Session used =
                begun(Kind.TOKENS, null).used("192.0.2.2", NOW.plusSeconds(60)).state();
        assertThat(used.ip()).isEqualTo("192.0.2.2");
        assertThat(used.used("192.0.2.3", NOW.plusSeconds(30)).state()).isSameAs(used);
    }

    private static Session begun(Kind kind, @Nullable Instant endsAt) {
        return Session.begin(Ids.next(), kind, "veza", grant("old"), endsAt, false, ORIGIN, NOW)
                .state();
    }

    private static Grant grant(String hash) {
        return new Grant("sid", hash, 86_400, NOW.plus(MONTH));
    }
}
