package dev.cadenza.platform.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.testing.MovableClock;
import dev.cadenza.platform.web.dialect.Problems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

class IssuerKeysTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final RSAKey FIRST = key("first");
    private static final RSAKey SECOND = key("second");

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable String body = set(FIRST);
    private volatile boolean hanging;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // made before each test
    private IssuerKeys keys;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            if (hanging) {
                try {
                    boolean unused = released.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            String answer = body;
            byte[] bytes = answer == null ? new byte[0] : answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 500 : 200, answer == null ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        keys = new IssuerKeys(
                new SecuritySettings.Issuer(
                        "issuer",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        SignatureAlgorithm.RS256),
                INTERVAL,
                REFRESH,
                WebClient.create(),
                clock);
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
    }

    @Test
    void asksOnceForAllWhoWantAKeyAtTheSameTime() {
        hanging = true;
        var all = Flux.range(0, 50)
                .flatMap(i -> keys.of(token("first")), 50)
                .collectList()
                .toFuture();
        await().atMost(PATIENCE).until(() -> asked.get() == 1);
        released.countDown();
        assertThat(all.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join()).hasSize(50);
        assertThat(asked).hasValue(1);
    }

    @Test
    void readsAheadUntilTheIssuerAnswersAndThenNeverAgain() {
        body = null;
        var ahead = keys.readAhead().toFuture();
        await().atMost(PATIENCE).until(() -> asked.get() == 1);
        body = set(FIRST);
        await().atMost(PATIENCE).until(() -> {
            clock.advance(INTERVAL);
            return ahead.isDone();
        });
        int until = asked.get();
        assertThat(found("first")).hasSize(1);
        keys.readAhead().block(PATIENCE);
        assertThat(asked).hasValue(until);
    }

    @Test
    void asksForUnknownKeyIdsOnlyEveryNowAndThen() {
        assertThat(found("first")).hasSize(1);
        clock.advance(INTERVAL);
        for (int i = 0; i < 100; i++) {
            assertThat(found("invented-" + i)).isEmpty();
        }
        assertThat(asked).hasValue(2);
        clock.advance(INTERVAL);
        body = set(FIRST, SECOND);
        assertThat(found("second")).hasSize(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void neverAsksForAnotherAlgorithm() {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), new JWTClaimsSet.Builder().build());
        assertThat(keys.of(token).collectList().block(PATIENCE)).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void goesOnWithWhatIsKnownWhileTheIssuerIsAway() {
        assertThat(found("first")).hasSize(1);
        server.stop(0);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofHours(1));
            assertThat(found("first")).hasSize(1);
            assertThat(found("invented")).isEmpty();
        }
    }

    @Test
    void goesOnWithWhatIsKnownWhileTheIssuerAnswersNonsense() {
        assertThat(found("first")).hasSize(1);
        for (String nonsense : new String[] {null, "", "{}", "<html>", "{\"keys\":[]}", "{\"keys\":7}"}) {
            body = nonsense;
            clock.advance(REFRESH);
            assertThat(found("invented")).isEmpty();
            assertThat(found("first")).hasSize(1);
        }
    }

    @Test
    void saysAtOnceThatItDoesNotKnowWhileTheIssuerIsAwayFromTheBeginning() {
        body = null;
        for (int i = 0; i < 20; i++) {
            assertAway();
        }
        assertThat(asked).hasValue(1);
        body = set(FIRST);
        clock.advance(Duration.ofSeconds(1));
        assertThat(found("first")).hasSize(1);
    }

    @Test
    void doesNotWaitForAnIssuerThatHangs() {
        hanging = true;
        assertAway();
        assertAway();
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusesAKeyThatTheIssuerTookBack() {
        body = set(FIRST, SECOND);
        assertThat(found("first")).hasSize(1);
        body = set(SECOND);
        assertThat(found("first")).hasSize(1);
        clock.advance(REFRESH.plusSeconds(1));
        await().atMost(PATIENCE).until(() -> found("first").isEmpty());
        assertThat(found("second")).hasSize(1);
    }

    private void assertAway() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> found("first"))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Problems.IDENTITY_AWAY));
    }

    private List<JWK> found(String keyId) {
        List<JWK> found = keys.of(token(keyId)).collectList().block(PATIENCE);
        assertThat(found).isNotNull();
        return found;
    }

    private static SignedJWT token(String keyId) {
        return new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), new JWTClaimsSet.Builder().build());
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String set(RSAKey... keys) {
        return new JWKSet(List.of((JWK[]) keys)).toString();
    }
}
