package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** Two instances of the gateway that count together; each test calls from addresses of its own. */
class LimitTests {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final List<ConfigurableApplicationContext> INSTANCES = new ArrayList<>();
    private static final List<String> ADDRESS_OF = new ArrayList<>();
    private static final List<WebTestClient> CLIENTS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        List<Integer> ports = List.of(freePort(), freePort());
        for (int port : ports) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--management.server.port=0",
                    "--spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                    "--cadenza.security.issuers[0].issuer=" + TestIssuer.issuer(),
                    "--cadenza.security.issuers[0].jwks-uri=" + TestIssuer.jwksUri(),
                    "--cadenza.gateway.trusted-proxies=127.0.0.1/32",
                    "--cadenza.gateway.allowed-origins=https://app.example",
                    "--cadenza.gateway.limits.address=50/1h",
                    "--cadenza.gateway.limits.sign-in=5/1h",
                    "--cadenza.gateway.limits.upload=10/1h",
                    "--cadenza.gateway.limits.wrong-credentials=7/1h",
                    "--cadenza.gateway.limits.patience=30s",
                    "--cadenza.gateway.cluster.members=127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1),
                    "--cadenza.gateway.cluster.port=" + port,
                    "--cadenza.gateway.cluster.secret=the secret of both instances"));
            Upstreams.SERVICES.forEach(
                    service -> arguments.add("--cadenza.services." + service + "=" + Upstreams.address(service)));
            ConfigurableApplicationContext instance =
                    SpringApplication.run(GatewayApplication.class, arguments.toArray(String[]::new));
            INSTANCES.add(instance);
            String itself = "http://127.0.0.1:" + instance.getEnvironment().getProperty("local.server.port");
            ADDRESS_OF.add(itself);
            CLIENTS.add(WebTestClient.bindToServer()
                    .baseUrl(itself)
                    .responseTimeout(Duration.ofSeconds(30))
                    .build());
        }
        // the two have found each other when what one counted the other knows
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            String address = address();
            long first = remaining(get(0, "/api/v1/tracks", address, headers -> {}));
            assertThat(remaining(get(1, "/api/v1/tracks", address, headers -> {})))
                    .isEqualTo(first - 1);
        });
    }

    @AfterAll
    static void stop() {
        INSTANCES.parallelStream().forEach(ConfigurableApplicationContext::close);
        Upstreams.IDENTITIES.clear();
    }

    @Test
    void tenTimesTheLimitThroughTwoInstancesPassesTheLimit() {
        String address = address();
        List<WebClient> clients = ADDRESS_OF.stream().map(WebClient::create).toList();
        List<Integer> statuses = Flux.range(0, 500)
                .flatMap(
                        i -> clients.get(i % 2)
                                .get()
                                .uri("/api/v1/tracks")
                                .header("X-Forwarded-For", address)
                                .exchangeToMono(answer -> answer.releaseBody()
                                        .thenReturn(answer.statusCode().value())),
                        16)
                .collectList()
                .blockOptional(Duration.ofSeconds(120))
                .orElseThrow();
        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200).count()).isBetween(50L, 51L);
        // somebody else is not concerned
        assertThat(status(get(0, "/api/v1/tracks", address(), headers -> {}))).isEqualTo(200);
    }

    @Test
    void everyAnswerOfVezaSaysWhereOneStands() {
        String address = address();
        long remaining = 50;
        for (String path : new String[] {
            "/api/v1/tracks", "/api/v1/nothing", "/api/v1/playlists?busy", "/api/v1", "/api/v1/auth/verify-email"
        }) {
            EntityExchangeResult<String> answer = get(0, path, address, headers -> {});
            assertThat(limit(answer)).as(path).isEqualTo(50);
            assertThat(remaining(answer)).as(path).isEqualTo(--remaining);
            long reset = number(answer, "X-RateLimit-Reset");
            assertThat(Instant.ofEpochSecond(reset))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofMinutes(61)));
        }
        EntityExchangeResult<String> refused =
                get(1, "/api/v1/tracks", address, headers -> headers.setBearerAuth("rubbish"));
        assertThat(status(refused)).isEqualTo(401);
        assertThat(remaining(refused)).isEqualTo(--remaining);
        for (String path : new String[] {"/api/songs/", "/v1/ai/generations", "/musewave/tracks/", "/nothing"}) {
            assertThat(get(0, path, address, headers -> {}).getResponseHeaders().headerNames())
                    .doesNotContain("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
        }
        assertThat(remaining(get(0, "/api/v1/tracks", address, headers -> {}))).isEqualTo(--remaining);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/auth/login", "/api/v1/auth/register"})
    void signingInHasALimitOfItsOwn(String path) {
        String address = address();
        for (int remaining = 4; remaining >= 0; remaining--) {
            EntityExchangeResult<String> answer = post(remaining % 2, path, address, headers -> {});
            assertThat(status(answer)).isEqualTo(200);
            assertThat(limit(answer)).isEqualTo(5);
            assertThat(remaining(answer)).isEqualTo(remaining);
        }
        EntityExchangeResult<String> refused = post(0, path, address, headers -> {});
        assertThat(status(refused)).isEqualTo(429);
        assertThat(limit(refused)).isEqualTo(5);
        assertThat(remaining(refused)).isZero();
        assertThat(number(refused, "Retry-After")).isBetween(1L, 3_600L);
        assertThat(refused.getResponseBody())
                .contains("\"success\":false", "\"RATE_LIMIT_EXCEEDED\"", "\"details\":[]");
        // reading goes on, and so does everybody else
        assertThat(status(get(0, "/api/v1/tracks", address, headers -> {}))).isEqualTo(200);
        assertThat(status(post(0, path, address(), headers -> {}))).isEqualTo(200);
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() {
        String network = "2001:db8:" + ADDRESSES.incrementAndGet() + ":7:";
        IntStream.range(0, 5)
                .forEach(i -> assertThat(status(post(i % 2, "/api/v1/auth/login", network + ":" + i, headers -> {})))
                        .isEqualTo(200));
        assertThat(status(post(0, "/api/v1/auth/login", network + "ffff:1:2:3", headers -> {})))
                .isEqualTo(429);
        assertThat(status(post(0, "/api/v1/auth/login", network.replace(":7:", ":8:") + ":1", headers -> {})))
                .isEqualTo(200);
    }

    @Test
    void preflightRequestsAreNotCounted() {
        String address = address();
        for (int i = 0; i < 60; i++) {
            client(i % 2)
                    .options()
                    .uri("/api/v1/auth/login")
                    .header("X-Forwarded-For", address)
                    .header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization, x-csrftoken, x-api-key, idempotency-key")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        assertThat(remaining(get(0, "/api/v1/tracks", address, headers -> {}))).isEqualTo(49);
    }

    @Test
    void uploadsAreCountedByUserWhereverTheyComeFrom() {
        String token = TestIssuer.user(UUID.randomUUID(), 7, "ann");
        for (int i = 0; i < 10; i++) {
            String path = List.of("/api/v1/tracks", "/api/v1/uploads", "/api/v1/tracks/initiate")
                    .get(i % 3);
            assertThat(status(post(i % 2, path, address(), headers -> headers.setBearerAuth(token))))
                    .isEqualTo(200);
        }
        EntityExchangeResult<String> refused =
                post(1, "/api/v1/tracks", address(), headers -> headers.setBearerAuth(token));
        assertThat(status(refused)).isEqualTo(429);
        assertThat(limit(refused)).isEqualTo(10);
        // parts of an upload are not uploads, and other users are others
        assertThat(status(post(1, "/api/v1/tracks/chunk", address(), headers -> headers.setBearerAuth(token))))
                .isEqualTo(200);
        assertThat(status(post(
                        1,
                        "/api/v1/tracks",
                        address(),
                        headers -> headers.setBearerAuth(TestIssuer.user(UUID.randomUUID(), 8, "ben")))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/tracks      | \"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\"",
                "/api/songs/         | {\"detail\":\"Too many requests.",
                "/v1/ai/generations  | \"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\"",
                "/api/denoise/files/ | \"Too many requests.",
                "/musewave/tracks/   | {\"error\":\"Too many requests."
            })
    void anApiKeyHasItsOwnLimitInEveryDialectAndNotThatOfTheAddress(String path, String body) {
        String secret = "cdz_" + UUID.randomUUID();
        Upstreams.IDENTITIES.put(secret, () -> identity(secret, 12));
        String address = address();
        for (int i = 0; i < 12; i++) {
            EntityExchangeResult<String> answer =
                    get(i % 2, path, address, headers -> headers.set("X-API-Key", secret));
            if (number(answer, "X-RateLimit-Reset") - Instant.now().getEpochSecond() > 30) {
                assertThat(status(answer)).isEqualTo(200);
            }
            assertThat(limit(answer)).isEqualTo(12);
        }
        // a window may have ended on a slow machine: then it takes a few more
        await().untilAsserted(() -> {
            EntityExchangeResult<String> refused = get(0, path, address, headers -> headers.set("X-API-Key", secret));
            assertThat(status(refused)).isEqualTo(429);
            assertThat(refused.getResponseHeaders().getFirst("Retry-After")).matches("[1-9][0-9]?");
            assertThat(refused.getResponseBody()).contains(body);
        });
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/tracks", "/api/songs/", "/v1/ai/generations", "/api/denoise/files/", "/musewave/tracks/"})
    void whoeverGuessesKeysIsSoonHeardNoLonger(String path) {
        String address = address();
        List<String> guesses =
                IntStream.range(0, 12).mapToObj(i -> "cdz_" + UUID.randomUUID()).toList();
        List<Integer> statuses = guesses.stream()
                .map(guess -> status(get(0, path, address, headers -> headers.set("X-API-Key", guess))))
                .toList();
        assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 401, 401, 429, 429, 429, 429, 429);
        assertThat(Upstreams.ASKED)
                .containsAll(guesses.subList(0, 7))
                .doesNotContainAnyElementsOf(guesses.subList(7, 12));
        // without a key, or from elsewhere, things are as ever
        assertThat(status(get(0, path, address, headers -> {}))).isEqualTo(200);
    }

    private static String identity(String secret, int requestsPerMinute) {
        UUID user = UUID.randomUUID();
        String token = TestIssuer.token(user, "partner").internal().sign();
        return """
                {"token":"%s","expires_at":"%s","user_id":"%s","session":null,"csrf_token":null,"key_id":"key_%s",
                 "scopes":["tracks:read","generation:read","processing:read"],"requests_per_minute":%d}""".formatted(token, Instant.now().plusSeconds(120), user, secret.substring(4, 20), requestsPerMinute);
    }

    private static EntityExchangeResult<String> get(
            int instance, String path, String address, Consumer<HttpHeaders> headers) {
        return send(HttpMethod.GET, instance, path, address, headers);
    }

    private static EntityExchangeResult<String> post(
            int instance, String path, String address, Consumer<HttpHeaders> headers) {
        return send(HttpMethod.POST, instance, path, address, headers);
    }

    private static EntityExchangeResult<String> send(
            HttpMethod method, int instance, String path, String address, Consumer<HttpHeaders> headers) {
        return client(instance)
                .method(method)
                .uri(path)
                .header("X-Forwarded-For", address)
                .headers(headers)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private static WebTestClient client(int instance) {
        return CLIENTS.get(instance);
    }

    private static int status(EntityExchangeResult<String> answer) {
        return answer.getStatus().value();
    }

    private static long limit(EntityExchangeResult<String> answer) {
        return number(answer, "X-RateLimit-Limit");
    }

    private static long remaining(EntityExchangeResult<String> answer) {
        return number(answer, "X-RateLimit-Remaining");
    }

    private static long number(EntityExchangeResult<String> answer, String header) {
        List<String> values = answer.getResponseHeaders().getOrEmpty(header);
        assertThat(values).as(header).hasSize(1);
        return Long.parseLong(values.getFirst());
    }

    private static String address() {
        return "198.51.100." + ADDRESSES.incrementAndGet();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
