package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.auth.account.DeleteAccount;
import dev.cadenza.auth.attempt.Devices;
import dev.cadenza.auth.attempt.Doors;
import dev.cadenza.auth.attempt.Failures;
import dev.cadenza.auth.attempt.KnownDevices;
import dev.cadenza.auth.login.SpentTokens;
import dev.cadenza.auth.security.SecurityFact;
import dev.cadenza.auth.security.SecurityFacts;
import dev.cadenza.auth.session.ForgetSessions;
import dev.cadenza.auth.session.Secrets;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is remembered of logins is not remembered forever. */
class SweepTests extends AuthServiceIT {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(400));

    @Autowired
    private Sessions sessions;

    @Autowired
    private ForgetSessions forgetSessions;

    @Autowired
    private SpentTokens spent;

    @Autowired
    private Doors doors;

    @Autowired
    private KnownDevices devices;

    @Autowired
    private SecurityFacts facts;

    @Autowired
    private DeleteAccount delete;

    @Test
    void sessionsThatAreOverForLongAreForgotten() {
        UUID account = Ids.next();
        UUID old = session(account, LONG_AGO);
        UUID open = session(account, Instant.now());
        // events first: nobody may miss the end of a session because it is forgotten
        await().atMost(Duration.ofSeconds(30))
                .until(() -> forgetSessions
                        .forget()
                        .then(sessions.find(old).hasElement())
                        .blockOptional()
                        .equals(Optional.of(false)));
        assertThat(sessions.find(open).block()).isNotNull();
    }

    @Test
    void spentTokensAreForgottenWhenTheyHaveExpired() {
        String old = Secrets.hash(name());
        String young = Secrets.hash(name());
        UUID session = Ids.next();
        assertThat(spent.spend(old, session, LONG_AGO).block()).isTrue();
        assertThat(spent.spend(young, session, Instant.now().plusSeconds(3600)).block())
                .isTrue();
        assertThat(spent.spend(young, session, Instant.now().plusSeconds(3600)).block())
                .isFalse();
        spent.forget(Instant.now()).block();
        assertThat(spent.sessionOf(old).block()).isNull();
        assertThat(spent.sessionOf(young).block()).isEqualTo(session);
        // what is released can be spent again
        spent.release(young).block();
        assertThat(spent.spend(young, session, Instant.now().plusSeconds(3600)).block())
                .isTrue();
    }

    @Test
    void failuresAndDevicesAreForgotten() {
        Failures.Limits limits =
                new Failures.Limits(1, Duration.ofDays(9999), Duration.ofDays(9999), Duration.ofHours(1));
        String old = name();
        String young = name();
        doors.failed(old, limits, LONG_AGO).block();
        doors.failed(young, limits, Instant.now()).block();
        assertThat(doors.closedUntil(List.of(old), Instant.now()).block()).isNotNull();
        doors.forget(Instant.now().minus(Duration.ofDays(1))).block();
        assertThat(doors.closedUntil(List.of(old), Instant.now()).block()).isNull();
        assertThat(doors.closedUntil(List.of(young), Instant.now()).block()).isNotNull();
        assertThat(doors.failed(young, limits, Instant.now()).block()).isFalse();

        UUID account = Ids.next();
        devices.change(account, known -> known.seen(new Devices.Device("n", "a", LONG_AGO), 5))
                .block();
        devices.forget(Instant.now().minus(Duration.ofDays(180))).block();
        assertThat(devices.of(account).block()).isEqualTo(Devices.NONE);
    }

    @Test
    void securityFactsGoWhenTheyArePublished() {
        UUID user = Ids.next();
        facts.add(Ids.next(), new SecurityFact(user, "login.failed", null, Map.of(), LONG_AGO))
                .block();
        // not before
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Long.valueOf(1)
                        .equals(facts.forget(LONG_AGO.plusSeconds(1)).block()));
        assertThat(securityFacts(user)).hasSize(1);
    }

    @Test
    void nothingOfADeletedAccountIsKept() {
        String name = name();
        UUID id = id(register(name, address(name)));
        logIn(name, PASSWORD).expectStatus().isOk();
        delete.delete(null, id).block();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sessions.ofAccount(id).hasElements().block() == Boolean.FALSE);
        assertThat(devices.of(id).block()).isEqualTo(Devices.NONE);
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
    }

    @Test
    void aLoginThatBeganBeforeAllSessionsWereEndedOpensNothing() {
        String name = name();
        UUID id = id(register(name, address(name)));
        sessions.allEnded(id, Instant.now().plusSeconds(3600)).block();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        assertThat(sessions.open(id, Instant.now()).count().block()).isEqualTo(1);
    }

    private UUID session(UUID account, Instant at) {
        UUID id = Ids.next();
        Session.Grant grant = new Session.Grant(id.toString(), id.toString(), 60, at.plusSeconds(3600));
        sessions.insert(
                        id,
                        Session.begin(
                                account,
                                Session.Kind.BROWSER,
                                "processing",
                                grant,
                                null,
                                false,
                                new ClientOrigin("192.0.2.1", "agent"),
                                at))
                .block();
        return id;
    }
}
