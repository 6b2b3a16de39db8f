package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class GatewayTests extends GatewayIT {

    private static final UUID ANN = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);

    @LocalManagementPort
    private int managementPort;

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/tracks,                       catalog",
        "POST,   /api/v1/tracks,                       catalog",
        "GET,    /api/v1/tracks/search?q=a%20b,        catalog",
        "GET,    /api/v1/tracks/7,                     catalog",
        "GET,    /api/v1/tracks/7/download,            catalog",
        "GET,    /api/v1/tracks/7/status,              catalog",
        "GET,    /api/v1/search?q=x,                   catalog",
        "POST,   /api/v1/tracks/7/like,                social",
        "DELETE, /api/v1/tracks/7/like,                social",
        "GET,    /api/v1/tracks/7/likes,               social",
        "POST,   /api/v1/tracks/7/comments,            social",
        "DELETE, /api/v1/comments/9,                   social",
        "POST,   /api/v1/webhooks,                     social",
        "POST,   /api/v1/webhooks/5/test,              social",
        "POST,   /api/v1/tracks/7/play,                analytics",
        "GET,    /api/v1/tracks/7/stats,               analytics",
        "GET,    /api/v1/analytics/tracks/7,           analytics",
        "GET,    /api/v1/playlists,                    playlist",
        "POST,   /api/v1/playlists/3/tracks,           playlist",
        "POST,   /api/v1/auth/login,                   auth",
        "GET,    /api/v1/users/by-username/ann,        auth",
        "POST,   /v1/ai/generate,                      generation",
        "GET,    /v1/ai/generations/gen_0123456789abcdef, generation",
        "POST,   /api/vocal/separate/,                 processing",
        "GET,    /api/vocal/files/1/status/,           processing",
        "GET,    /media/uploads/vocal_separation/vocals/x.mp3, processing"
    })
    void everyPathGoesToItsService(String method, String path, String service) {
        client.method(HttpMethod.valueOf(method))
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .exchange()
                .expectStatus()
                .is2xxSuccessful()
                .expectHeader()
                .valueEquals("Seen-Service", service)
                .expectHeader()
                .valueEquals("Seen-Method", method)
                .expectHeader()
                .valueEquals("Seen-Uri", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/nothing  | {'success':false,'error':{'code':'ROUTE_NOT_FOUND','message':'Not found.','details':[]}}",
                "/nothing         | {'success':false,'error':{'code':'ROUTE_NOT_FOUND','message':'Not found.','details':[]}}",
                "/api/nothing/    | {'detail':'Not found.'}",
                "/api/denoise/nothing/ | {'detail':'Not found.'}",
                "/musewave/nothing/ | {'message':'Not found.'}"
            })
    void anUnknownRouteAnswersInTheDialectOfItsPath(String path, String body) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .json(body.replace('\'', '"'), JsonCompareMode.STRICT);
    }

    @Test
    void anUnknownRouteOfMusicgenCarriesItsRequestId() {
        client.get().uri("/v1/nothing").exchange().expectStatus().isNotFound();
        client.get()
                .uri("/v1/ai-and-more")
                .header("X-Request-Id", "my-request-1")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aTokenThatDoesNotHoldStopsAtTheDoor() {
        int before = Upstreams.ARRIVED.get();
        for (String token : new String[] {
            TestIssuer.expired(ANN, "ann"),
            TestIssuer.foreignAudience(ANN, "ann"),
            TestIssuer.unsigned(ANN, "ann"),
            TestIssuer.forged(ANN, "ann"),
            "rubbish"
        }) {
            for (String path : new String[] {"/api/v1/tracks", "/v1/ai/generations", "/api/vocal/files/"}) {
                client.get()
                        .uri(path)
                        .header("Authorization", "Bearer " + token)
                        .exchange()
                        .expectStatus()
                        .isUnauthorized()
                        .expectBody(String.class)
                        .value(body -> assertThat(body).contains("credentials"));
            }
        }
        assertThat(Upstreams.ARRIVED.get()).isEqualTo(before);
    }

    @Test
    void aValidTokenAndNoTokenBothPassTheServiceDecides() {
        String token = TestIssuer.user(ANN, 1, "ann");
        client.get()
                .uri("/api/v1/tracks")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Seen-Authorization", "Bearer " + token);
        client.get().uri("/api/v1/auth/me").exchange().expectStatus().isOk();
    }

    @Test
    void anUploadStreamsThroughWithoutBeingKept() {
        Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        DefaultDataBufferFactory buffers = new DefaultDataBufferFactory();
        byte[] megabyte = new byte[1 << 20];
        AtomicReference<String> answer = new AtomicReference<>("");
        WebClient.create("http://127.0.0.1:" + port)
                .post()
                .uri("/api/v1/tracks?slow-upload")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(BodyInserters.fromDataBuffers(body.asFlux()))
                .retrieve()
                .bodyToMono(String.class)
                .subscribe(answer::set);
        body.tryEmitNext(buffers.wrap(megabyte)).orThrow();
        // the service has the first part while the client still holds the rest
        await().untilAsserted(() -> assertThat(Upstreams.UPLOADED.get()).isEqualTo(1 << 20));
        assertThat(answer.get()).isEmpty();
        for (int i = 1; i < 40; i++) {
            body.tryEmitNext(buffers.wrap(megabyte)).orThrow();
        }
        body.tryEmitComplete().orThrow();
        await().untilAsserted(() -> assertThat(answer.get()).isEqualTo("got " + 40 * (1 << 20)));
    }

    @Test
    void anAnswerMayTakeAsLongAsItLikesOnceItHasBegun() {
        Upstreams.secondHalf = new CountDownLatch(1);
        StringBuffer received = new StringBuffer();
        WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/api/v1/tracks/7/stream?slow-download")
                .retrieve()
                .bodyToFlux(DataBuffer.class)
                .subscribe(part -> received.append(part.toString(StandardCharsets.UTF_8)));
        await().untilAsserted(() -> assertThat(received).hasToString("first half "));
        // longer than the time that a service has until its first byte
        Mono.delay(Duration.ofMillis(1_200)).block();
        Upstreams.secondHalf.countDown();
        await().untilAsserted(() -> assertThat(received).hasToString("first half second half"));
    }

    @Test
    void aBodyLargerThanAllowedIsRefusedAnnouncedOrNot() throws IOException {
        assertThat(raw("POST /api/v1/tracks HTTP/1.1\r\nContent-Length: " + (65L << 20)))
                .contains(" 413 ")
                .contains("\"REQUEST_TOO_LARGE\"");
        byte[] chunk = new byte[1 << 20];
        client.post()
                .uri("/api/vocal/separate/?slow-upload")
                .body(BodyInserters.fromDataBuffers(
                        Flux.range(0, 80).map(i -> (DataBuffer) new DefaultDataBufferFactory().wrap(chunk))))
                .exchange()
                .expectStatus()
                .isEqualTo(413);
        assertThat(Upstreams.UPLOADED.get()).isLessThanOrEqualTo(64L << 20);
    }

    @Test
    void aServiceThatRefusesBeforeItHasReadTheBodyIsHeard() {
        byte[] chunk = new byte[1 << 20];
        client.post()
                .uri("/api/v1/tracks?refuse-early")
                .body(BodyInserters.fromDataBuffers(
                        Flux.range(0, 30).map(i -> (DataBuffer) new DefaultDataBufferFactory().wrap(chunk))))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody(String.class)
                .isEqualTo("too much");
    }

    @Test
    void rangesAndTagsPassUnchanged() {
        client.get()
                .uri("/api/v1/tracks/7/download")
                .header("Range", "bytes=0-9")
                .header("If-Range", "\"v1\"")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 0-9/100")
                .expectHeader()
                .valueEquals("ETag", "\"v1\"")
                .expectHeader()
                .valueEquals("Seen-Range", "bytes=0-9")
                .expectBody(String.class)
                .isEqualTo("0123456789");
        client.head()
                .uri("/api/v1/tracks/7/download")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .contentLength(10)
                .expectBody()
                .isEmpty();
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeGives504InItsDialect() {
        client.get()
                .uri("/api/v1/playlists?never")
                .exchange()
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("SERVICE_TIMEOUT");
    }

    @Test
    void aConnectionThatBreaksGives503() {
        client.post().uri("/api/v1/playlists?hang-up").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void aServiceThatIsDownGives503InItsDialectAndComesBack() {
        Upstreams.stop("generation");
        try {
            for (int i = 0; i < 12; i++) {
                client.get()
                        .uri("/v1/ai/generations")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueMatches("Retry-After", "[1-9][0-9]*")
                        .expectBody()
                        .jsonPath("$.error.code")
                        .isEqualTo("SERVICE_UNAVAILABLE")
                        .jsonPath("$.request_id")
                        .exists();
            }
            assertThat(breakers.circuitBreaker("generation").getMetrics().getNumberOfNotPermittedCalls())
                    .isPositive();
            // one service's trouble is not another's
            client.get().uri("/api/v1/tracks").exchange().expectStatus().isOk();
        } finally {
            Upstreams.start("generation");
        }
        await().untilAsserted(() ->
                client.get().uri("/v1/ai/generations").exchange().expectStatus().isOk());
    }

    @Test
    void anAnswerIsAnAnswerHoweverBusyTheServiceSaysItIs() {
        for (int i = 0; i < 12; i++) {
            client.get()
                    .uri("/api/v1/auth/me?busy")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals("Retry-After", "9")
                    .expectBody(String.class)
                    .isEqualTo("busy");
        }
        client.get().uri("/api/v1/auth/me").exchange().expectStatus().isOk();
    }

    @Test
    void theRequestIdTravelsToTheServiceAndBackOnce() {
        client.get()
                .uri("/api/v1/tracks")
                .header("X-Request-Id", "my-request-1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .exchange()
                .expectHeader()
                .values("X-Request-Id", ids -> assertThat(ids).containsExactly("my-request-1"))
                .expectHeader()
                .valueEquals("Seen-X-Request-Id", "my-request-1")
                .expectHeader()
                .valueEquals("Seen-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        HttpHeaders made = client.get()
                .uri("/api/v1/tracks")
                .header("X-Request-Id", "no good")
                .header("traceparent", "rubbish")
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders();
        assertThat(made.getFirst("X-Request-Id"))
                .matches("req_[0-9a-f]{16}")
                .isEqualTo(made.getFirst("Seen-X-Request-Id"));
        assertThat(made.getFirst("Seen-traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void whatAClientClaimsAboutItselfIsDropped() {
        HttpHeaders seen = client.get()
                .uri("/api/v1/tracks")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Prefix", "/evil")
                .header("X-Forwarded-Proto", "gopher")
                .header("Forwarded", "for=6.6.6.6;host=evil.example")
                .header("X-Real-IP", "6.6.6.6")
                .header("Proxy-Authorization", "Basic eDp4")
                .header("TE", "trailers")
                .exchange()
                .returnResult(Void.class)
                .getResponseHeaders();
        assertThat(seen.getFirst("Seen-X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(seen.getFirst("Seen-X-Forwarded-Proto")).isEqualTo("http");
        assertThat(seen.headerNames())
                .doesNotContain(
                        "Seen-X-Forwarded-Host",
                        "Seen-X-Forwarded-Prefix",
                        "Seen-Forwarded",
                        "Seen-X-Real-IP",
                        "Seen-Proxy-Authorization",
                        "Seen-TE");
    }

    @Test
    void securityHeadersAreThereOnce() {
        for (String path : new String[] {"/api/v1/tracks", "/api/v1/nothing"}) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectHeader()
                    .values(
                            "X-Content-Type-Options",
                            values -> assertThat(values).containsExactly("nosniff"))
                    .expectHeader()
                    .valueEquals("X-Frame-Options", "DENY")
                    .expectHeader()
                    .valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .expectHeader()
                    .exists("Strict-Transport-Security");
        }
    }

    @Test
    void onlyKnownOriginsMayCall() {
        for (String origin : new String[] {"https://app.example", "https://music.example"}) {
            client.options()
                    .uri("/api/v1/playlists")
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("Access-Control-Allow-Origin", origin)
                    .expectHeader()
                    .valueEquals("Access-Control-Allow-Credentials", "true");
            client.get()
                    .uri("/api/v1/playlists")
                    .header("Origin", origin)
                    .header("Authorization", "Bearer rubbish")
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .values(
                            "Access-Control-Allow-Origin",
                            values -> assertThat(values).containsExactly(origin));
        }
        client.get()
                .uri("/api/v1/playlists")
                .header("Origin", "https://evil.example")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin")
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("ORIGIN_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/jwks.json",
                "//internal/jwks.json",
                "/api/v1/auth/../../../internal/jwks.json",
                "/api/v1/auth/%2e%2e/%2e%2e/%2e%2e/internal/jwks.json",
                "/api/v1/auth/..%2f..%2f..%2finternal/jwks.json",
                "/api/v1/auth/%252e%252e/internal/jwks.json",
                "/api/v1/auth/..;/..;/..;/internal/jwks.json",
                "/api/v1/auth;x=y/login",
                "/internal;/jwks.json",
                "/%69nternal/jwks.json",
                "/api/v1/auth/..%5c..%5cinternal",
                "/api/v1/auth/x%00y",
                "/api/v1/auth/x%0d%0aInjected:%20yes",
                "/v3/api-docs",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/gateway/routes"
            })
    void nothingInternalIsReachable(String path) throws IOException {
        int before = Upstreams.ARRIVED.get();
        assertThat(raw("GET " + path + " HTTP/1.1"))
                .containsAnyOf(" 400 ", " 404 ")
                .contains("\"success\":false");
        assertThat(Upstreams.ARRIVED.get()).isEqualTo(before);
    }

    @Test
    void whatIsNotHttpAsWeKnowItIsRefused() throws IOException {
        assertThat(raw("TRACE /api/v1/tracks HTTP/1.1")).contains(" 405 ");
        assertThat(raw("BREW /api/v1/tracks HTTP/1.1")).contains(" 405 ");
        assertThat(raw("GET /api/v1/tracks HTTP/1.1\r\nX-Large: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /api/v1/tracks?q=" + "x".repeat(20_000) + " HTTP/1.1"))
                .containsAnyOf(" 414 ", " 413 ", " 431 ", " 400 ");
        // the answers still come
        client.get().uri("/api/v1/tracks").exchange().expectStatus().isOk();
    }

    @Test
    void headersNamedByTheConnectionStayOnThisHop() throws IOException {
        assertThat(raw("GET /api/v1/tracks HTTP/1.1\r\nX-Hop: secret\r\nConnection: close, X-Hop"))
                .contains("HTTP/1.1 200")
                .doesNotContain("secret");
    }

    @Test
    void healthAndMetricsAreOnThePortOfTheirOwnOnly() {
        WebTestClient management =
                client.mutate().baseUrl("http://127.0.0.1:" + managementPort).build();
        management.get().uri("/actuator/health").exchange().expectStatus().isOk();
        management
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk();
        management
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics).contains("resilience4j_circuitbreaker_state"));
        for (String path : new String[] {"/actuator", "/actuator/env", "/actuator/gateway/routes", "/api/v1/tracks"}) {
            management.get().uri(path).exchange().expectStatus().isNotFound();
        }
    }

    @Test
    void webSocketsPassThrough() {
        AtomicReference<String> heard = new AtomicReference<>("");
        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://127.0.0.1:" + port + "/ws/processing/"),
                        session -> session.send(Mono.just(session.textMessage("hello")))
                                .then(session.receive()
                                        .next()
                                        .map(WebSocketMessage::getPayloadAsText)
                                        .doOnNext(heard::set)
                                        .then()))
                .block(Duration.ofSeconds(10));
        assertThat(heard.get()).isEqualTo("echo hello with null");
    }
}
