package dev.cadenza.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class CountersTests {

    private static final Rate THREE = new Rate(3, Duration.ofHours(1));

    private final List<CounterStore> stores = new ArrayList<>();

    @AfterEach
    void stop() {
        stores.forEach(CounterStore::close);
    }

    @Test
    void aWindowBeginsWithTheFirstRequestAndGivesAllBackAtItsEnd() {
        Counters counters = counters(alone());
        Rate rate = new Rate(3, Duration.ofSeconds(2));
        Instant before = Instant.now();
        for (int remaining = 2; remaining >= 0; remaining--) {
            Counters.Standing standing = take(counters, "one", rate);
            assertThat(standing.fits()).isTrue();
            assertThat(standing.remaining()).isEqualTo(remaining);
            assertThat(standing.reset()).isBetween(before, Instant.now().plusSeconds(2));
        }
        Counters.Standing over = take(counters, "one", rate);
        if (over.reset().isAfter(Instant.now())) {
            assertThat(over.fits()).isFalse();
            assertThat(over.remaining()).isZero();
        }
        assertThat(take(counters, "another", rate).fits()).isTrue();
        await().untilAsserted(
                        () -> assertThat(take(counters, "one", rate).fits()).isTrue());
    }

    @Test
    void lookingCostsNothing() {
        Counters counters = counters(alone());
        for (int i = 0; i < 5; i++) {
            assertThat(look(counters, "one").fits()).isTrue();
        }
        for (int i = 0; i < 3; i++) {
            take(counters, "one", THREE);
        }
        assertThat(look(counters, "one").fits()).isFalse();
    }

    @Test
    void countersThatAreGoneLetEverybodyPass() {
        CounterStore store = alone();
        Counters counters = counters(store);
        store.close();
        for (int i = 0; i < 50; i++) {
            Counters.Standing standing = take(counters, "one", THREE);
            assertThat(standing.fits()).isTrue();
            assertThat(standing.remaining()).isEqualTo(3);
        }
    }

    @Test
    void instancesCountTogetherAndStrangersStayOutside() throws IOException {
        int[] ports = {freePort(), freePort(), freePort()};
        List<String> members = List.of("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1]);
        CounterStore one = store(members, ports[0], "the secret of all instances");
        CounterStore two = store(members, ports[1], "the secret of all instances");
        CounterStore stranger = store(members, ports[2], "some other secret of theirs");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(one.members()).isEqualTo(2);
            assertThat(two.members()).isEqualTo(2);
        });
        assertThat(stranger.members()).isEqualTo(1);
        List<Counters> counters = List.of(counters(one), counters(two));
        Rate rate = new Rate(100, Duration.ofHours(1));
        String shared = UUID.randomUUID().toString();
        long passed = Flux.range(0, 1_000)
                .flatMap(i -> counters.get(i % 2).count(shared, rate), 16)
                .filter(Counters.Standing::fits)
                .count()
                .blockOptional(Duration.ofSeconds(60))
                .orElseThrow();
        assertThat(passed).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,                 192.0.2.7",
        "2001:db8:1:2:3:4:5:6,      20010db800010002/64",
        "2001:db8:1:2:ffff::1,      20010db800010002/64",
        "2001:db8:1:3::1,           20010db800010003/64"
    })
    void aNetworkOfIpv6IsOneAddress(String address, String network) {
        assertThat(Network.of(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"100/1m, 100, 60", "10/1h, 10, 3600", "5 / 90s, 5, 90", "off, 0, 60"})
    void ratesAreReadAsTheyAreWritten(String text, long requests, long seconds) {
        assertThat(Rate.valueOf(text)).isEqualTo(new Rate(requests, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "-1/1m", "5/0s", "many/1m", "5/soon"})
    void whatIsNoRateIsRefused(String text) {
        assertThatThrownBy(() -> Rate.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodyJoinsInTheOpen() {
        assertThat(new ClusterSettings(List.of("a:1"), null, "127.0.0.1", 1, null).isSecretLongEnough())
                .isFalse();
        assertThat(new ClusterSettings(List.of("a:1"), null, "127.0.0.1", 1, "short").isSecretLongEnough())
                .isFalse();
        assertThat(new ClusterSettings(List.of(), "gateway", "127.0.0.1", 1, "0123456789abcdef").isSecretLongEnough())
                .isTrue();
        assertThat(new ClusterSettings(List.of(), null, "127.0.0.1", 1, null).isSecretLongEnough())
                .isTrue();
    }

    private CounterStore alone() {
        return store(List.of(), 1, null);
    }

    private CounterStore store(List<String> members, int port, @Nullable String secret) {
        CounterStore store = new CounterStore(new ClusterSettings(members, null, "127.0.0.1", port, secret));
        stores.add(store);
        return store;
    }

    private static Counters counters(CounterStore store) {
        LimitSettings settings = new LimitSettings(true, THREE, THREE, THREE, THREE, Duration.ofSeconds(30));
        return new Counters(
                store, CircuitBreaker.ofDefaults("counters"), settings, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private static Counters.Standing take(Counters counters, String counter, Rate rate) {
        return counters.count(counter, rate).blockOptional().orElseThrow();
    }

    private static Counters.Standing look(Counters counters, String counter) {
        return counters.look(counter, THREE).blockOptional().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
