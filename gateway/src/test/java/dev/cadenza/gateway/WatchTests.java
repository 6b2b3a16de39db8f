package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WatchTests extends GatewayIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("access");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    private final String request = "test-" + UUID.randomUUID();

    @BeforeEach
    void listen() {
        appender.start();
        LOG.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(appender);
        LOG.setLevel(null);
        Upstreams.IDENTITIES.clear();
    }

    /** What was logged of this test's request. */
    private JsonNode line() {
        return line(request);
    }

    private JsonNode line(String requestId) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(requestId)));
        List<String> found =
                lines.stream().filter(line -> line.contains(requestId)).toList();
        assertThat(found).hasSize(1).allMatch(line -> PRINTABLE.matcher(line).matches());
        return JSON.readTree(found.getFirst());
    }

    private WebTestClient.RequestHeadersSpec<?> get(String path) {
        return client.get().uri(URI.create("http://127.0.0.1:" + port + path)).header("X-Request-Id", request);
    }

    private String metrics() {
        return Objects.requireNonNull(client.mutate()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private double metric(String name, String... labels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @LocalManagementPort
    private int managementPort;

    @Test
    void aRequestIsOneLineThatSaysWhoDidWhat() {
        UUID user = UUID.randomUUID();
        String token = TestIssuer.token(user, "ann").session("sid-" + request).sign();
        Instant before = Instant.now();
        client.post()
                .uri("/api/v1/playlists?secret=42")
                .header("X-Request-Id", request)
                .header("User-Agent", "me/1.0")
                .header("Authorization", "Bearer " + token)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange()
                .expectStatus()
                .isOk();
        JsonNode line = line();
        assertThat(line.propertyNames())
                .containsExactlyInAnyOrder(
                        "time",
                        "request_id",
                        "method",
                        "path",
                        "status",
                        "bytes_in",
                        "bytes_out",
                        "ms",
                        "ip",
                        "user",
                        "session",
                        "route",
                        "service",
                        "agent");
        assertThat(Instant.parse(line.get("time").asString()))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(line.get("request_id").asString()).isEqualTo(request);
        assertThat(line.get("method").asString()).isEqualTo("POST");
        assertThat(line.get("path").asString()).isEqualTo("/api/v1/playlists");
        assertThat(line.get("route").asString()).isEqualTo("/api/v1/playlists");
        assertThat(line.get("service").asString()).isEqualTo("playlist");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("bytes_in").asLong()).isEqualTo("{\"name\":\"x\"}".length());
        assertThat(line.get("bytes_out").asLong()).isEqualTo("{\"served\":true}".length());
        assertThat(line.get("ms").asDouble()).isPositive();
        assertThat(line.get("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("user").asString()).isEqualTo(user.toString());
        assertThat(line.get("session").asString()).isEqualTo("sid-" + request);
        assertThat(line.get("agent").asString()).isEqualTo("me/1.0");
    }

    @Test
    void noSecretIsEverInIt() {
        String key = "cdz_abcdefghijklmnopqrstuvwxyz0123456789";
        UUID user = UUID.randomUUID();
        Upstreams.IDENTITIES.put(
                key,
                () -> JSON.writeValueAsString(Map.of(
                        "token",
                        TestIssuer.token(user, "ann")
                                .key("key_0123456789abcdef", "tracks:read")
                                .internal()
                                .sign(),
                        "expires_at",
                        Instant.now().plusSeconds(120),
                        "user_id",
                        user,
                        "key_id",
                        "key_0123456789abcdef",
                        "scopes",
                        List.of("tracks:read"),
                        "requests_per_minute",
                        600)));
        get("/api/v1/tracks?token=topsecret")
                .header("X-API-Key", key)
                .exchange()
                .expectStatus()
                .isOk();
        JsonNode line = line();
        assertThat(line.get("key").asString()).isEqualTo("key_0123456789abcdef");
        assertThat(line.get("user").asString()).isEqualTo(user.toString());
        assertThat(line.toString()).doesNotContain("cdz_", "topsecret", "eyJ");
        // what mails carry in their addresses, right and wrong ones
        for (String path : List.of(
                "/api/auth/verify-email/topsecret/",
                "/api/auth/reset-password/topsecret/",
                "/api/auth/verify-mail/" + "topsecret".repeat(6) + "/")) {
            String id = "test-" + UUID.randomUUID();
            client.method(path.contains("reset") ? HttpMethod.POST : HttpMethod.GET)
                    .uri(path)
                    .header("X-Request-Id", id)
                    .header("Cookie", "sessionid=topsecrettopsecret")
                    .exchange();
            assertThat(line(id).toString()).doesNotContain("topsecrett", "topsecret/");
        }
    }

    @Test
    void nobodyWritesLinesOfHisOwn() throws IOException {
        raw("GET /api/v1/tracks/a%0d%0a%1b%5b31mfake HTTP/1.1\r\nX-Request-Id: " + request
                + "\r\nUser-Agent: x\u0085\",\"user\":\"admin\u2028");
        JsonNode line = line();
        assertThat(line.get("status").asInt()).isEqualTo(400);
        assertThat(line.has("user")).isFalse();
        assertThat(raw("GET /api/v1/tracks HTTP/1.1\r\nUser-Agent: x\u001b[31m"))
                .contains(" 400 ");
        raw("GET /nothing HTTP/1.1\r\nX-Request-Id: forged\",\"status\":200,\"x\":\"" + request);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines).anyMatch(text -> text.contains("\"/nothing\"")));
        assertThat(lines)
                .noneMatch(text -> text.contains("forged"))
                .allMatch(text -> PRINTABLE.matcher(text).matches());
    }

    @Test
    void whatIsRefusedOrFailsIsSeenWithTheAnswerThatTheClientGot() throws IOException {
        get("/api/v1/tracks/7")
                .header("Authorization", "Bearer rubbish")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        assertThat(line().get("status").asInt()).isEqualTo(401);
        assertThat(line().get("route").asString()).isEqualTo("/api/v1/tracks/{id}");
        assertThat(line().get("bytes_out").asLong()).isPositive();
        String late = "test-" + UUID.randomUUID();
        client.get()
                .uri("/api/v1/playlists?never")
                .header("X-Request-Id", late)
                .exchange()
                .expectStatus()
                .isEqualTo(504);
        assertThat(line(late).get("status").asInt()).isEqualTo(504);
        String odd = "test-" + UUID.randomUUID();
        raw("BREW /api/v1/tracks HTTP/1.1\r\nX-Request-Id: " + odd);
        assertThat(line(odd).get("status").asInt()).isEqualTo(405);
        assertThat(line(odd).get("method").asString()).isEqualTo("BREW");
    }

    @Test
    void aClientThatGoesAwayIsSeenToo() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/playlists?never HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + request + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> metric("gateway_requests_active") >= 1);
        }
        JsonNode line = line();
        // the service's time may be over first
        assertThat(line.get("status").asInt()).isIn(499, 504);
    }

    @Test
    void aWebSocketIsOneLineWhenItEnds() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-Request-Id", request);
        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://127.0.0.1:" + port + "/ws/processing/"),
                        headers,
                        session -> session.send(Mono.just(session.textMessage("hello")))
                                .then(session.receive().next().then()))
                .block(Duration.ofSeconds(10));
        assertThat(line().get("status").asInt()).isEqualTo(101);
    }

    @Test
    void itCanBeSwitchedOff() {
        LOG.setLevel(Level.OFF);
        get("/api/v1/tracks").exchange().expectStatus().isOk();
        // the client may have its answer before we are through with it
        await().until(() -> metric("gateway_requests_active") == 0);
        LOG.setLevel(null);
        String after = "test-" + UUID.randomUUID();
        client.get().uri("/api/v1/tracks").header("X-Request-Id", after).exchange();
        line(after);
        assertThat(lines).noneMatch(line -> line.contains(request));
    }

    @Test
    void theManagementPortIsNotWatched() {
        client.mutate()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build()
                .get()
                .uri("/actuator/health")
                .header("X-Request-Id", request)
                .exchange()
                .expectStatus()
                .isOk();
        String after = "test-" + UUID.randomUUID();
        client.get()
                .uri("/actuator/health")
                .header("X-Request-Id", after)
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(line(after).get("status").asInt()).isEqualTo(404);
        assertThat(lines).noneMatch(line -> line.contains(request));
    }

    @Test
    void requestsAreCountedByRouteAndNotByWhatClientsWrite() throws IOException {
        String[] labels = {"route=\"/api/v1/tracks/{id}\"", "service=\"catalog\"", "method=\"GET\"", "status=\"2xx\""};
        double before = metric("gateway_requests_seconds_count", labels);
        for (int i = 0; i < 5; i++) {
            get("/api/v1/tracks/" + UUID.randomUUID()).exchange().expectStatus().isOk();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metric("gateway_requests_seconds_count", labels))
                        .isEqualTo(before + 5));
        for (int i = 0; i < 20; i++) {
            get("/unknown-" + i + "-" + UUID.randomUUID())
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            raw("BREW" + i + " /api/v1/tracks HTTP/1.1");
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metric(
                                "gateway_requests_seconds_count", "route=\"none\"", "method=\"GET\"", "status=\"4xx\""))
                        .isGreaterThanOrEqualTo(20));
        assertThat(metrics()).doesNotContain("unknown-").doesNotContain("BREW").contains("method=\"other\"");
        assertThat(metrics()).contains("gateway_denied_unreported_total", "cache_gets_total{cache=\"identities\"");
    }

    private static List<JsonNode> told(String type, String text) {
        return Published.on(
                "gateway.access.v1",
                event -> event.get("type").asString().equals(type)
                        && event.get("data").toString().contains(text));
    }

    @Test
    void refusedRequestsAreToldOfToTheAudit() {
        String agent = "agent-" + request;
        UUID user = UUID.randomUUID();
        String token = TestIssuer.token(user, "ann").session("sid-" + request).sign();
        get("/api/v1/tracks/" + user + "?secret")
                .header("User-Agent", agent)
                .header("Authorization", "Bearer rubbish")
                .exchange();
        get("/nothing/" + "x".repeat(600))
                .header("User-Agent", agent)
                .header("Authorization", "Bearer " + token)
                .exchange();
        get("/api/v1/tracks")
                .header("User-Agent", agent)
                .exchange()
                .expectStatus()
                .isOk();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(told("gateway.access.denied", agent)).hasSize(2));
        List<JsonNode> events = told("gateway.access.denied", agent);
        JsonNode refused = only(events, 401);
        assertThat(refused.get("path").asString()).isEqualTo("/api/v1/tracks/" + user);
        assertThat(refused.get("route").asString()).isEqualTo("/api/v1/tracks/{id}");
        assertThat(refused.get("method").asString()).isEqualTo("GET");
        assertThat(refused.get("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(refused.path("userId").asString("")).isEmpty();
        JsonNode missing = only(events, 404);
        assertThat(missing.get("path").asString()).hasSizeLessThanOrEqualTo(512).startsWith("/nothing/x");
        assertThat(missing.path("route").asString("")).isEmpty();
        assertThat(missing.get("userId").asString()).isEqualTo(user.toString());
    }

    private static JsonNode only(List<JsonNode> events, int status) {
        List<JsonNode> found = events.stream()
                .map(event -> event.get("data"))
                .filter(data -> data.get("status").asInt() == status)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aSessionInUseIsToldOfOnceInAWhile() {
        String session = "sid-" + request;
        String token =
                TestIssuer.token(UUID.randomUUID(), "ann").session(session).sign();
        for (int i = 0; i < 10; i++) {
            client.get()
                    .uri("/api/v1/tracks")
                    .header("Authorization", "Bearer " + token)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        String other = "other-" + request;
        client.get()
                .uri("/api/v1/tracks")
                .header(
                        "Authorization",
                        "Bearer "
                                + TestIssuer.token(UUID.randomUUID(), "ben")
                                        .session(other)
                                        .sign())
                .exchange();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(told("gateway.session.active", other)).hasSize(1));
        assertThat(told("gateway.session.active", session)).hasSize(1);
    }

    @Test
    void requestsDoNotWaitForKafka() {
        TestKafka.stop();
        try {
            for (int i = 0; i < 50; i++) {
                String token = TestIssuer.token(UUID.randomUUID(), "ann")
                        .session("sid-" + UUID.randomUUID())
                        .sign();
                get("/api/v1/nothing")
                        .header("Authorization", "Bearer " + token)
                        .exchange()
                        .expectStatus()
                        .isNotFound();
            }
        } finally {
            TestKafka.start();
        }
        String agent = "back-" + request;
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            get("/api/v1/nothing").header("User-Agent", agent).exchange();
            assertThat(told("gateway.access.denied", agent)).isNotEmpty();
        });
    }
}
