package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.idempotency.IdempotencyStore;
import dev.cadenza.platform.core.idempotency.RepeatableRequest;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Requests that are made again. */
@SpringBootTest(
        classes = {ExampleApplication.class, IdempotencyTests.Parts.class, IdempotencyTests.Effects.class},
        properties = "cadenza.idempotency.lease=600ms",
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
class IdempotencyTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    WebTestClient client;

    @Autowired
    Effects effects;

    @Autowired
    Remembered store;

    private final String ann = TestIssuer.user(UUID.randomUUID(), 1, "ann");
    private final String key = UUID.randomUUID().toString();

    @Configuration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        Remembered remembered() {
            return new Remembered();
        }

        @Bean
        OpenRoutes openEffects() {
            return OpenRoutes.all("/api/v1/effects/open");
        }
    }

    /** The promises of the port, in memory. */
    static final class Remembered implements IdempotencyStore {

        private record Row(
                Instant since, UUID holder, Instant until, byte @Nullable [] fingerprint, byte @Nullable [] answer) {}

        final Map<String, Row> rows = new ConcurrentHashMap<>();
        volatile boolean losing;

        @Override
        public CompletionStage<Claim> claim(String request, UUID holder, Duration lease, Duration retention) {
            Instant now = Instant.now();
            Row row = rows.compute(
                    request,
                    (name, old) -> old == null
                            ? new Row(now, holder, now.plus(lease), null, null)
                            : old.answer() != null || old.until().isAfter(now)
                                    ? old
                                    : new Row(old.since(), holder, now.plus(lease), old.fingerprint(), null));
            return CompletableFuture.completedStage(
                    row.answer() != null && row.fingerprint() != null
                            ? new Claim.Answered(row.fingerprint(), row.answer())
                            : row.holder().equals(holder) ? new Claim.Granted(row.since()) : new Claim.InWork());
        }

        @Override
        public CompletionStage<@Nullable Void> prolong(String request, UUID holder, Duration lease) {
            return change(
                    request,
                    holder,
                    row -> new Row(row.since(), holder, Instant.now().plus(lease), row.fingerprint(), row.answer()));
        }

        @Override
        public CompletionStage<Boolean> bind(String request, UUID holder, byte[] fingerprint) {
            Row row = rows.get(request);
            if (row != null && row.fingerprint() != null) {
                return CompletableFuture.completedStage(Arrays.equals(row.fingerprint(), fingerprint));
            }
            change(request, holder, old -> new Row(old.since(), holder, old.until(), fingerprint, old.answer()));
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<@Nullable Void> remember(String request, UUID holder, byte[] answer) {
            if (losing) {
                return CompletableFuture.failedStage(Failure.unavailable("store.unavailable", "Away.", 1));
            }
            return change(request, holder, old -> new Row(old.since(), holder, old.until(), old.fingerprint(), answer));
        }

        @Override
        public CompletionStage<@Nullable Void> release(String request, UUID holder) {
            return change(
                    request,
                    holder,
                    old -> new Row(old.since(), holder, Instant.EPOCH, old.fingerprint(), old.answer()));
        }

        private CompletionStage<@Nullable Void> change(
                String request, UUID holder, java.util.function.UnaryOperator<Row> change) {
            rows.computeIfPresent(request, (name, row) -> row.holder().equals(holder) ? change.apply(row) : row);
            return CompletableFuture.completedStage(null);
        }
    }

    /** What requests do. */
    @RestController
    static class Effects {

        final AtomicInteger done = new AtomicInteger();
        final List<UUID> ids = new ArrayList<>();
        volatile Sinks.Empty<Void> gate = Sinks.empty();

        record Wish(String name) {}

        @PostMapping({
            "/api/v1/effects",
            "/api/songs/effects",
            "/musewave/effects",
            "/v1/ai/effects",
            "/api/vocal/effects"
        })
        Mono<ResponseEntity<Map<String, Object>>> make(@RequestBody Wish wish) {
            return Mono.fromSupplier(() -> {
                int number = done.incrementAndGet();
                return ResponseEntity.created(URI.create("/made/" + number))
                        .eTag("n" + number)
                        .body(Map.of("number", number, "name", wish.name()));
            });
        }

        @PostMapping("/api/v1/effects/slow")
        Mono<Map<String, Object>> slow(@RequestBody Wish wish) {
            return gate.asMono()
                    .then(Mono.deferContextual(context -> Mono.fromSupplier(() -> {
                        ids.add(context.get(RepeatableRequest.class).id("thing"));
                        return Map.of("number", done.incrementAndGet());
                    })));
        }

        @PostMapping("/api/v1/effects/nothing")
        Mono<Void> nothing() {
            return Mono.fromRunnable(done::incrementAndGet);
        }

        @PostMapping("/api/v1/effects/open")
        Mono<Map<String, Object>> open() {
            return Mono.fromSupplier(() -> Map.of("number", done.incrementAndGet()));
        }

        @PostMapping("/api/v1/effects/refused")
        Mono<Void> refused(@RequestBody Wish wish) {
            int number = done.incrementAndGet();
            return Mono.error(
                    switch (wish.name()) {
                        case "wrong" -> Failure.invalidField("name", "No " + number + ".");
                        case "often" -> new Failure.TooMany("too.many", "Not now.", 1).asException();
                        case "away" -> Failure.unavailable("store.away", "Not now.", 1);
                        default -> new IllegalStateException("broken");
                    });
        }

        @PostMapping("/api/v1/effects/large")
        Mono<String> large() {
            return Mono.fromSupplier(() -> done.incrementAndGet() + "x".repeat(300_000));
        }

        @PostMapping(path = "/api/v1/effects/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> stream() {
            return Flux.defer(() -> Flux.just("a" + done.incrementAndGet(), "b"));
        }

        @PostMapping("/api/v1/effects/file")
        Mono<Map<String, Object>> file(@RequestPart("file") FilePart file) {
            return Uploads.withFile(
                    file,
                    DataSize.ofMegabytes(20),
                    spooled -> Mono.just(Map.of("number", done.incrementAndGet(), "size", spooled.size())));
        }
    }

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry registry) {
        registry.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        registry.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
    }

    private EntityExchangeResult<String> post(String path, String json, String... headers) {
        WebTestClient.RequestBodySpec request = client.post().uri(path).contentType(MediaType.APPLICATION_JSON);
        request.headers(all -> all.setBearerAuth(ann)).header("Idempotency-Key", key);
        for (int i = 0; i < headers.length; i += 2) {
            String name = headers[i];
            String value = headers[i + 1];
            request.headers(all -> all.set(name, value));
        }
        return request.bodyValue(json).exchange().expectBody(String.class).returnResult();
    }

    private static boolean replayed(EntityExchangeResult<String> answer) {
        return "true".equals(answer.getResponseHeaders().getFirst("Idempotent-Replayed"));
    }

    private static int status(EntityExchangeResult<String> answer) {
        return answer.getStatus().value();
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndHasNoSecondEffect() {
        int before = effects.done.get();
        EntityExchangeResult<String> first = post("/api/v1/effects", "{\"name\":\"a\"}");
        EntityExchangeResult<String> again = post("/api/v1/effects", "{\"name\":\"a\"}");
        assertThat(status(first)).isEqualTo(201);
        assertThat(replayed(first)).isFalse();
        assertThat(replayed(again)).isTrue();
        assertThat(status(again)).isEqualTo(201);
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        for (String name : new String[] {"Location", "ETag", "Content-Type", "Content-Length"}) {
            assertThat(again.getResponseHeaders().getFirst(name))
                    .isNotNull()
                    .isEqualTo(first.getResponseHeaders().getFirst(name));
        }
        assertThat(again.getResponseHeaders().getFirst("X-Request-Id"))
                .isNotEqualTo(first.getResponseHeaders().getFirst("X-Request-Id"));
        assertThat(effects.done.get()).isEqualTo(before + 1);
    }

    @Test
    void whatIsStoredTellsNothing() {
        post("/api/v1/effects", "{\"name\":\"a-secret-name\"}");
        assertThat(store.rows).isNotEmpty();
        store.rows.forEach((name, row) -> {
            assertThat(name).doesNotContain(key);
            if (row.answer() != null) {
                assertThat(new String(row.answer(), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("a-secret-name");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/songs", "/musewave", "/v1/ai", "/api/vocal"})
    void anotherRequestWithTheSameKeyIsRefused(String root) {
        assertThat(status(post(root + "/effects", "{\"name\":\"a\"}"))).isEqualTo(201);
        int before = effects.done.get();
        EntityExchangeResult<String> other = post(root + "/effects", "{\"name\":\"b\"}");
        assertThat(status(other)).isEqualTo(422);
        assertThat(other.getResponseBody()).contains("Idempotency-Key").startsWith("{");
        assertThat(status(post(root + "/effects?q=1", "{\"name\":\"a\"}"))).isEqualTo(422);
        assertThat(effects.done.get()).isEqualTo(before);
    }

    @Test
    void aKeyBelongsToOneCallerAndOnePath() {
        assertThat(status(post("/api/v1/effects", "{\"name\":\"a\"}"))).isEqualTo(201);
        String bob = "Bearer " + TestIssuer.user(UUID.randomUUID(), 2, "bob");
        EntityExchangeResult<String> others = post("/api/v1/effects", "{\"name\":\"b\"}", "Authorization", bob);
        assertThat(status(others)).isEqualTo(201);
        assertThat(replayed(others)).isFalse();
        assertThat(replayed(post("/musewave/effects", "{\"name\":\"b\"}"))).isFalse();
    }

    @Test
    void ofManyAtOnceOneHasAnEffect() throws Exception {
        int before = effects.done.get();
        List<EntityExchangeResult<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<EntityExchangeResult<String>>> running = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                running.add(threads.submit(() -> post("/api/v1/effects", "{\"name\":\"a\"}")));
            }
            for (Future<EntityExchangeResult<String>> one : running) {
                answers.add(one.get());
            }
        }
        assertThat(effects.done.get()).isEqualTo(before + 1);
        assertThat(answers).allSatisfy(answer -> assertThat(status(answer)).isIn(201, 409));
        assertThat(answers.stream().filter(answer -> status(answer) == 201).map(EntityExchangeResult::getResponseBody))
                .isNotEmpty()
                .containsOnly(answers.stream()
                        .filter(answer -> status(answer) == 201)
                        .findFirst()
                        .orElseThrow()
                        .getResponseBody());
    }

    @Test
    void whileTheFirstIsServedOthersWaitHoweverLongItTakes() throws Exception {
        effects.gate = Sinks.empty();
        int before = effects.done.get();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<EntityExchangeResult<String>> first =
                    thread.submit(() -> post("/api/v1/effects/slow", "{\"name\":\"a\"}"));
            await().atMost(PATIENCE)
                    .until(() -> status(post("/api/v1/effects/slow", "{\"name\":\"x\"}")) == 409 || first.isDone());
            Instant leaseOver = Instant.now().plusMillis(1500);
            do {
                EntityExchangeResult<String> waiting = post("/api/v1/effects/slow", "{\"name\":\"a\"}");
                assertThat(status(waiting)).isEqualTo(409);
                assertThat(waiting.getResponseHeaders().getFirst("Retry-After")).isEqualTo("1");
            } while (Instant.now().isBefore(leaseOver));
            effects.gate.tryEmitEmpty();
            assertThat(status(first.get())).isEqualTo(200);
            assertThat(replayed(post("/api/v1/effects/slow", "{\"name\":\"a\"}")))
                    .isTrue();
        }
        assertThat(effects.done.get()).isEqualTo(before + 1);
    }

    @Test
    void whereTheAnswerWasLostTheRequestIsServedAgainWithTheSameIds() {
        effects.gate = Sinks.empty();
        effects.gate.tryEmitEmpty();
        effects.ids.clear();
        store.losing = true;
        try {
            assertThat(status(post("/api/v1/effects/slow", "{\"name\":\"a\"}"))).isEqualTo(200);
        } finally {
            store.losing = false;
        }
        await().atMost(PATIENCE).until(() -> status(post("/api/v1/effects/slow", "{\"name\":\"b\"}")) == 422);
        await().atMost(PATIENCE).until(() -> status(post("/api/v1/effects/slow", "{\"name\":\"a\"}")) == 200);
        assertThat(effects.ids).hasSize(2);
        assertThat(effects.ids.getFirst()).isEqualTo(effects.ids.getLast());
        assertThat(effects.ids.getFirst().version()).isEqualTo(7);
        assertThat(replayed(post("/api/v1/effects/slow", "{\"name\":\"a\"}"))).isTrue();
    }

    @Test
    void aClientThatBrokeOffMayTryAgainAfterAShortWhile() {
        effects.gate = Sinks.empty();
        client.mutate().responseTimeout(Duration.ofMillis(300)).build();
        try {
            client.mutate()
                    .responseTimeout(Duration.ofMillis(300))
                    .build()
                    .post()
                    .uri("/api/v1/effects/slow")
                    .headers(all -> all.setBearerAuth(ann))
                    .header("Idempotency-Key", key)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"name\":\"a\"}")
                    .exchange();
        } catch (IllegalStateException e) {
            // as intended: no answer in time
        }
        effects.gate.tryEmitEmpty();
        await().atMost(PATIENCE).until(() -> status(post("/api/v1/effects/slow", "{\"name\":\"a\"}")) == 200);
    }

    @Test
    void refusalsAreRememberedButNotWhatIsOurFaultOrPasses() {
        EntityExchangeResult<String> wrong = post("/api/v1/effects/refused", "{\"name\":\"wrong\"}");
        EntityExchangeResult<String> again = post("/api/v1/effects/refused", "{\"name\":\"wrong\"}");
        assertThat(status(wrong)).isEqualTo(422);
        assertThat(replayed(again)).isTrue();
        assertThat(again.getResponseBody()).isEqualTo(wrong.getResponseBody());
        for (String name : new String[] {"often", "away", "broken"}) {
            String other = UUID.randomUUID().toString();
            String json = "{\"name\":\"" + name + "\"}";
            int before = effects.done.get();
            int status = status(post("/api/v1/effects/refused", json, "Idempotency-Key", other));
            assertThat(status).isIn(429, 503, 500);
            assertThat(status(post("/api/v1/effects/refused", json, "Idempotency-Key", other)))
                    .isEqualTo(status);
            assertThat(effects.done.get()).as(name).isEqualTo(before + 2);
        }
    }

    @Test
    void keysThatAreNoneAreRefused() {
        for (String malformed : new String[] {"", "k".repeat(256), "sch\u00f6n"}) {
            EntityExchangeResult<String> answer =
                    post("/api/v1/effects", "{\"name\":\"a\"}", "Idempotency-Key", malformed);
            assertThat(status(answer)).as(malformed).isEqualTo(400);
            assertThat(answer.getResponseBody()).contains("IDEMPOTENCY_KEY_MALFORMED");
        }
        client.post()
                .uri("/api/v1/effects")
                .headers(all -> all.setBearerAuth(ann))
                .header("Idempotency-Key", "one", "two")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"a\"}")
                .exchange()
                .expectStatus()
                .isBadRequest();
        assertThat(status(post("/api/v1/effects", "{\"name\":\"a\"}", "Idempotency-Key", "k".repeat(255))))
                .isEqualTo(201);
    }

    @Test
    void whoHasNoIdentityHasNoKeys() {
        for (int i = 0; i < 2; i++) {
            client.post()
                    .uri("/api/v1/effects/open")
                    .header("Idempotency-Key", key)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("Idempotent-Replayed");
        }
        client.post()
                .uri("/api/v1/effects")
                .header("Idempotency-Key", key)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aRequestWithoutABodyAndAnAnswerWithoutOneAreRememberedToo() {
        int before = effects.done.get();
        for (int i = 0; i < 2; i++) {
            client.post()
                    .uri("/api/v1/effects/nothing")
                    .headers(all -> all.setBearerAuth(ann))
                    .header("Idempotency-Key", key)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .isEmpty();
        }
        assertThat(effects.done.get()).isEqualTo(before + 1);
    }

    @Test
    void whatIsTooLargeOrAStreamIsNotRemembered() {
        for (String path : new String[] {"large", "stream"}) {
            int before = effects.done.get();
            for (int i = 0; i < 2; i++) {
                EntityExchangeResult<String> answer = post("/api/v1/effects/" + path, "{}");
                assertThat(status(answer)).isEqualTo(200);
                assertThat(replayed(answer)).isFalse();
            }
            assertThat(effects.done.get()).isEqualTo(before + 2);
        }
    }

    private EntityExchangeResult<String> upload(String boundary, byte[] file) {
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
        byte[] start = head.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOf(start, start.length + file.length + end.length);
        System.arraycopy(file, 0, body, start.length, file.length);
        System.arraycopy(end, 0, body, start.length + file.length, end.length);
        return client.post()
                .uri("/api/v1/effects/file")
                .headers(all -> all.setBearerAuth(ann))
                .header("Idempotency-Key", key)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .bodyValue(body)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    @Test
    void aFormIsTheSameWhateverItsBoundaryAndAnotherOneWhereAByteDiffers() {
        byte[] file = new byte[5_000_000];
        new java.util.Random(1).nextBytes(file);
        EntityExchangeResult<String> first = upload("first", file);
        assertThat(status(first)).isEqualTo(200);
        EntityExchangeResult<String> again = upload("second-boundary", file);
        assertThat(replayed(again)).isTrue();
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        file[4_999_999]++;
        assertThat(status(upload("first", file))).isEqualTo(422);
    }
}
