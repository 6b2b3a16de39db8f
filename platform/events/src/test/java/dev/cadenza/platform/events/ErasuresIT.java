package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.MovableClock;
import dev.cadenza.platform.testing.TestMongo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasuresIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String mongo = TestMongo.uri(EventsTestApplication.database());

    @SuppressWarnings("NullAway.Init") // made before any test
    private ConfigurableApplicationContext service;

    /** What was erased; some accounts fail. */
    static final class Erased {
        final List<String> all = new CopyOnWriteArrayList<>();
        final Set<UUID> failing = ConcurrentHashMap.newKeySet();
        final Set<UUID> hanging = ConcurrentHashMap.newKeySet();
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        Erased erased() {
            return new Erased();
        }

        @Bean
        MovableClock clock() {
            return new MovableClock();
        }

        @Bean
        @Order(1)
        PersonalData songs(Erased erased) {
            return account -> Mono.fromRunnable(() -> erased.all.add("songs of " + account));
        }

        @Bean
        @Order(2)
        PersonalData lists(Erased erased) {
            return account -> {
                if (erased.hanging.contains(account)) {
                    return Mono.never();
                }
                return erased.failing.contains(account)
                        ? Mono.error(new IllegalStateException("broken"))
                        : Mono.fromRunnable(() -> erased.all.add("lists of " + account));
            };
        }
    }

    @BeforeAll
    void begin() {
        service = start();
    }

    @AfterAll
    void end() {
        service.close();
    }

    /** The tests themselves say when it is time for a round. */
    private ConfigurableApplicationContext start() {
        return EventsTestApplication.start(
                mongo,
                "127.0.0.1:1",
                List.of(Service.class),
                "spring.application.name=test-service",
                "cadenza.erasure.poll=1h");
    }

    private void tell(String type, UUID account) {
        service.getBean(Erasures.class)
                .handle(ReceivedEvent.of(
                        "auth.user.v1",
                        account,
                        new EventEnvelope<>(
                                Ids.next(),
                                1,
                                type,
                                1,
                                Instant.now(),
                                null,
                                new UserSnapshot(account, 1, "ann", true, List.of("user"), Instant.now()))))
                .block(PATIENCE);
    }

    private void round() {
        service.getBean(Erasures.class).round().block(PATIENCE);
    }

    private List<String> erased(UUID account) {
        return service.getBean(Erased.class).all.stream()
                .filter(line -> line.endsWith(account.toString()))
                .toList();
    }

    private void advance(Duration by) {
        service.getBean(MovableClock.class).advance(by);
    }

    private boolean contains(UUID account) {
        return Boolean.TRUE.equals(
                service.getBean(ErasedAccounts.class).contain(account).block(PATIENCE));
    }

    @Test
    void erasesADeletedAccountAndOnceMoreForRequestsThatWereUnderWay() {
        UUID account = Ids.next();
        tell("auth.user.deleted", account);
        tell("auth.user.deleted", account);
        assertThat(contains(account)).isTrue();
        round();
        round();
        assertThat(erased(account)).containsExactly("songs of " + account, "lists of " + account);
        advance(Duration.ofHours(2));
        round();
        advance(Duration.ofDays(2));
        round();
        // read again from the beginning of the topic
        tell("auth.user.deleted", account);
        round();
        assertThat(erased(account)).hasSize(4);
    }

    @Test
    void doesNothingToAnAccountThatIsLockedOrChanged() {
        UUID account = Ids.next();
        for (String type : List.of("auth.user.registered", "auth.user.verified", "auth.user.updated", "auth.user.x")) {
            tell(type, account);
        }
        advance(Duration.ofDays(1));
        round();
        assertThat(erased(account)).isEmpty();
        assertThat(contains(account)).isFalse();
    }

    @Test
    void triesAgainWhatFailedAndGoesOnWithOthers() {
        UUID failing = Ids.next();
        UUID other = Ids.next();
        service.getBean(Erased.class).failing.add(failing);
        tell("auth.user.deleted", failing);
        tell("auth.user.deleted", other);
        round();
        assertThat(erased(failing)).containsExactly("songs of " + failing);
        assertThat(erased(other)).hasSize(2);
        service.getBean(Erased.class).failing.remove(failing);
        advance(Duration.ofMinutes(2));
        round();
        assertThat(erased(failing)).contains("lists of " + failing);
    }

    @Test
    void goesOnAfterACrash() {
        UUID account = Ids.next();
        tell("auth.user.deleted", account);
        // the process dies in the middle of it
        service.getBean(Erased.class).hanging.add(account);
        Disposable dying = service.getBean(Erasures.class).round().subscribe();
        await().atMost(PATIENCE).until(() -> erased(account).size() == 1);
        dying.dispose();
        service.getBean(Erased.class).hanging.remove(account);
        round();
        assertThat(erased(account)).hasSize(1);
        advance(Duration.ofMinutes(11));
        round();
        assertThat(erased(account)).contains("lists of " + account);
    }
}
