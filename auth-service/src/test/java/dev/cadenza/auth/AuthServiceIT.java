package dev.cadenza.auth;

import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.Published;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import dev.cadenza.platform.testing.TestS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service over HTTP, with a real Keycloak, a real broker and a real mail server: what its tests share, one context
 * for all of them.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cadenza.account.poll=200ms",
            "cadenza.mail.pause=1s",
            "cadenza.mail.poll=200ms",
            "cadenza.account.registration-deadline=30s",
            "cadenza.account.abandoned-after=31s",
            "cadenza.avatar.orphan-age=0s",
            "cadenza.attempts.of-network=20",
            "cadenza.attempts.first-wait=5m",
            "cadenza.session.poll=200ms",
            "cadenza.keycloak.open-for=1s",
            "cadenza.keycloak.response-timeout=20s",
            "cadenza.keycloak.patience=8s",
            "cadenza.keys.per-account=6",
            "cadenza.keys.use-delay=200ms",
            "cadenza.auth.secret=a secret that only the tests of this service have",
            "cadenza.admin.username=Root",
            "cadenza.admin.email=root@example.org",
            "cadenza.admin.password=root-password-1"
        })
abstract class AuthServiceIT {

    static final String PASSWORD = "SecurePassword123!";
    static final AtomicInteger NAMES = new AtomicInteger();
    private static final AtomicInteger NETWORKS = new AtomicInteger();
    static final CuttableWire DATABASE =
            wire(() -> URI.create(TestMongo.uri("any")).getPort());
    private static final CuttableWire ITSELF = wire(() -> AuthServiceIT.ownPort);
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    /** The one context's, for the wire that was there before it. */
    private static volatile int ownPort;

    @LocalServerPort
    int port;

    final JsonMapper json = JsonMapper.builder().build();

    WebTestClient client;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", () -> "mongodb://127.0.0.1:" + DATABASE.port() + "/cadenza_auth");
        registry.add("spring.kafka.bootstrap-servers", TestKafka::bootstrapServers);
        registry.add("cadenza.storage.endpoint", TestS3::endpoint);
        registry.add("cadenza.storage.access-key", TestS3::accessKey);
        registry.add("cadenza.storage.secret-key", TestS3::secretKey);
        registry.add("cadenza.storage.bucket", TestS3::bucket);
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", Mails::port);
        registry.add("cadenza.keycloak.url", TestKeycloak::url);
        registry.add("cadenza.keycloak.admin-client-secret", () -> TestKeycloak.ADMIN_SECRET);
        registry.add("cadenza.keycloak.clients.veza.secret", () -> TestKeycloak.VEZA_SECRET);
        registry.add("cadenza.keycloak.clients.audionova.secret", () -> TestKeycloak.AUDIONOVA_SECRET);
        registry.add("cadenza.keycloak.clients.processing.secret", () -> TestKeycloak.PROCESSING_SECRET);
        registry.add("cadenza.security.issuers[0].issuer", () -> TestKeycloak.url() + "/realms/cadenza");
        registry.add(
                "cadenza.security.issuers[0].jwks-uri",
                () -> TestKeycloak.url() + "/realms/cadenza/protocol/openid-connect/certs");
        registry.add("cadenza.security.issuers[1].issuer", () -> "cadenza-internal");
        registry.add("cadenza.security.issuers[1].algorithm", () -> "ES256");
        registry.add(
                "cadenza.security.issuers[1].jwks-uri",
                () -> "http://127.0.0.1:" + ITSELF.port() + "/internal/jwks.json");
    }

    @BeforeEach
    void client() {
        ownPort = port;
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .defaultHeader("X-Forwarded-For", network() + "7")
                .defaultHeader("User-Agent", "Cadenza's tests")
                .build();
    }

    /** Somebody else's requests, from a network of their own. */
    WebTestClient stranger() {
        return client.mutate()
                .defaultHeaders(headers -> headers.set("X-Forwarded-For", network() + "9"))
                .build();
    }

    /** A network that no other test has: beginning of its addresses. Failed logins of one test make no other wait. */
    static String network() {
        int number = NETWORKS.incrementAndGet();
        return "10." + number / 256 % 256 + "." + number % 256 + ".";
    }

    private static CuttableWire wire(IntSupplier target) {
        try {
            return new CuttableWire(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name() {
        return "ann" + RUN + NAMES.incrementAndGet();
    }

    static String address(String name) {
        return name + "@example.org";
    }

    static Map<String, Object> registration(String name, String email) {
        Map<String, Object> body = new HashMap<>();
        body.put("username", name);
        body.put("email", email);
        body.put("password", PASSWORD);
        body.put("password_confirm", PASSWORD);
        return body;
    }

    /** Ends {@link TestKeycloak#cut}, and waits until nothing spares Keycloak any more. */
    void mendKeycloak() {
        TestKeycloak.mend();
        awaitKeycloak();
    }

    /** Waits until nothing spares Keycloak any more. */
    void awaitKeycloak() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            // the breaker lets few through at first, and kept connections are broken
            for (int i = 0; i < 4; i++) {
                String name = name();
                register(name, address(name));
            }
        });
    }

    WebTestClient.ResponseSpec post(String endpoint, Map<String, ?> body) {
        return client.post().uri("/api/v1/auth/" + endpoint).bodyValue(body).exchange();
    }

    JsonNode register(String name, String email) {
        return body(post("register", registration(name, email)).expectStatus().isCreated());
    }

    WebTestClient.ResponseSpec logIn(String login, String password) {
        return post("login", Map.of("email", login, "password", password, "remember_me", false));
    }

    WebTestClient.ResponseSpec verify(String token) {
        return client.post().uri("/api/v1/auth/verify-email?token=" + token).exchange();
    }

    JsonNode body(WebTestClient.ResponseSpec answer) {
        return json.readTree(text(answer));
    }

    static String text(WebTestClient.ResponseSpec answer) {
        return Objects.requireNonNull(
                answer.expectBody(String.class).returnResult().getResponseBody());
    }

    static String access(JsonNode data) {
        return data.get("token").get("access_token").asString();
    }

    static String refresh(JsonNode registered) {
        return registered.get("data").get("token").get("refresh_token").asString();
    }

    /** An access token of the administrator's, whose account may still be on its way. */
    String administrator() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> logIn("Root", "root-password-1").expectStatus().isOk());
        return access(body(logIn("Root", "root-password-1")).get("data"));
    }

    StatusAssertions me(String token) {
        return client.get()
                .uri("/api/v1/auth/me")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus();
    }

    /** Revocations travel over Kafka. */
    void awaitRefusal(String token) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> me(token).isUnauthorized());
    }

    /** What the audit log will know of this account. */
    List<String> actions(UUID id) {
        return events("auth.security.v1", id).stream()
                .map(event -> event.get("data").get("action").asString())
                .toList();
    }

    /** The same, whatever wrote it: also sessions and what no aggregate tells. */
    static List<JsonNode> securityFacts(UUID account) {
        return Published.on(
                "auth.security.v1",
                event -> account.toString()
                        .equals(event.get("data").path("userId").asString("")));
    }

    /** Waits until the audit log will know of this action of the account. */
    static JsonNode awaitAudited(UUID account, String action) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> securityFacts(account).stream()
                                .filter(event -> event.get("data")
                                        .get("action")
                                        .asString()
                                        .equals(action))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    static UUID id(JsonNode registered) {
        return UUID.fromString(registered.get("data").get("user").get("id").asString());
    }

    /** Everything that was said about this account so far, in order. */
    List<JsonNode> events(UUID id) {
        return events("auth.user.v1", id);
    }

    /** Everything that a topic says about this aggregate so far, in order. */
    List<JsonNode> events(String topic, UUID id) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        List<JsonNode> events = new ArrayList<>();
        try (KafkaConsumer<String, @Nullable String> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < Objects.requireNonNull(ends.get(p)))) {
                for (ConsumerRecord<String, @Nullable String> said : consumer.poll(Duration.ofMillis(200))) {
                    String value = said.value();
                    if (id.toString().equals(said.key()) && value != null) {
                        events.add(json.readTree(value));
                    }
                }
            }
        }
        return events;
    }
}
