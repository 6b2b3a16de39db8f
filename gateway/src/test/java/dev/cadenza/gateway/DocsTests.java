package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocsTests extends GatewayIT {

    /** What a page would load by itself: elements with an address, styles with one. Links are for people to follow. */
    private static final Pattern LOADS = Pattern.compile(
            "<(?:script|img|iframe|source|link|redoc)\\b[^>]*?\\b(?:src|href|spec-url)=[\"']([^\"']*)|url\\(([^)]*)\\)|@import\\s+([^;]*)");

    @BeforeEach
    void describe() throws IOException {
        for (String service : List.of("catalog", "social", "auth")) {
            Upstreams.DESCRIPTIONS.put(
                    service,
                    new ClassPathResource("descriptions/" + service + ".json")
                            .getContentAsString(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void forget() {
        Upstreams.DESCRIPTIONS.clear();
    }

    private JsonNode document() {
        return JsonMapper.shared().readTree(bytes("/swagger/doc.json"));
    }

    private Set<String> paths() {
        return new HashSet<>(document().get("paths").propertyNames());
    }

    private WebTestClient files() {
        return client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build();
    }

    private byte[] bytes(String path) {
        return Objects.requireNonNull(
                get(path).expectStatus().isOk().expectBody().returnResult().getResponseBody());
    }

    private WebTestClient.ResponseSpec get(String path) {
        return files().get()
                .uri(path)
                .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                .exchange();
    }

    @Test
    void theDocumentIsJoinedFromWhatTheServicesSay() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paths())
                        .contains("/api/v1/tracks/{id}", "/api/v1/tracks/{trackId}/like", "/api/v1/auth/login"));
        JsonNode document = document();
        assertThat(new OpenAPIV3Parser()
                        .readContents(document.toString(), null, null)
                        .getMessages())
                .isEmpty();
        assertThat(document.at("/info/version").asString()).isNotEqualTo("unknown");
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("https://music.example");
        get("/swagger/doc.json").expectHeader().valueEquals("Content-Type", "application/json");
    }

    @Test
    void aServiceThatIsAwayKeepsItsPart() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paths()).contains("/api/v1/tracks/{id}"));
        Upstreams.DESCRIPTIONS.clear();
        Upstreams.DESCRIPTIONS.put("playlist", """
                {"openapi":"3.0.1","paths":{"/api/v1/playlists":{"get":{"operationId":"getApiV1Playlists",
                "responses":{"200":{"description":"OK"}}}}}}""");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paths()).contains("/api/v1/playlists"));
        assertThat(paths()).contains("/api/v1/tracks/{id}", "/api/v1/auth/login");
    }

    @Test
    void theDocumentIsSentOnceToWhoeverKeepsIt() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(paths()).contains("/api/v1/tracks/{trackId}/like"));
        EntityExchangeResult<byte[]> first =
                get("/swagger/doc.json").expectBody().returnResult();
        String tag = Objects.requireNonNull(first.getResponseHeaders().getETag());
        assertThat(first.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
        client.get()
                .uri("/swagger/doc.json")
                .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
    }

    @Test
    void whatIsLargeIsPackedForThoseWhoAskForIt() throws IOException, InterruptedException {
        for (String path : List.of("/swagger/doc.json", "/swagger/swagger-ui-bundle.js", "/redoc")) {
            String packed = raw("HEAD " + path + " HTTP/1.1\r\nAccept-Encoding: br, gzip;q=0.8");
            String plain = raw("HEAD " + path + " HTTP/1.1\r\nAccept-Encoding: gzip;q=0, br");
            assertThat(packed).containsIgnoringCase("Content-Encoding: gzip");
            assertThat(plain).doesNotContainIgnoringCase("Content-Encoding");
            assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
            assertThat(header(packed, "Content-Length")).isNotEqualTo(header(plain, "Content-Length"));
            assertThat(packed).contains("Accept-Encoding");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/swagger/swagger-ui.css"))
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                GZIPInputStream unpacked =
                        new GZIPInputStream(http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body())) {
            assertThat(unpacked.readAllBytes()).isEqualTo(bytes("/swagger/swagger-ui.css"));
        }
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "/swagger,   /swagger/index.html",
        "/swagger/,  /swagger/index.html",
        "/api/docs,  /swagger/index.html",
        "/api/docs/, /swagger/index.html",
        "/redoc/,    /redoc"
    })
    void otherNamesLeadToThePages(String path, String target) {
        get(path).expectStatus().isEqualTo(HttpStatus.FOUND).expectHeader().valueEquals("Location", target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger/nothing.html",
                "/swagger/doc.json/",
                "/swagger/swagger-ui.js",
                "/redoc/index.html",
                "/redoc/README.md",
                "/webjars/swagger-ui/index.html",
                "/swagger-ui/index.html",
                "/swagger-ui.html",
                "/pages/redoc/index.html",
                "/application.yml",
                "/META-INF/build-info.properties"
            })
    void thereAreNoOtherFiles(String path) {
        get(path)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("ROUTE_NOT_FOUND");
    }

    @Test
    void thePagesAnswerGetAndHeadOnly() {
        for (String path : List.of("/swagger/index.html", "/redoc", "/swagger/doc.json")) {
            int length = bytes(path).length;
            client.head()
                    .uri(path)
                    .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentLength(length)
                    .expectBody()
                    .isEmpty();
            client.post()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(405)
                    .expectHeader()
                    .valueEquals("Allow", "GET, HEAD");
        }
    }

    @Test
    void everythingThatThePagesLoadIsOursAndThere() {
        for (String page : List.of("/swagger/index.html", "/redoc")) {
            Set<String> seen = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(List.of(page));
            while (!open.isEmpty()) {
                String path = open.removeFirst();
                if (seen.add(path)) {
                    String text = new String(bytes(path), StandardCharsets.UTF_8);
                    if (path.endsWith(".css") || path.equals(page)) {
                        open.addAll(loads(text));
                    }
                }
            }
            assertThat(seen).hasSizeGreaterThan(2);
        }
        assertThat(new String(bytes("/swagger/swagger-initializer.js"), StandardCharsets.UTF_8))
                .contains("url: \"/swagger/doc.json\"", "validatorUrl: null")
                .doesNotContain("http:", "https:");
        assertThat(new String(bytes("/redoc/redoc.standalone.js"), StandardCharsets.UTF_8))
                .doesNotContain("cdn.redoc.ly", "fonts.googleapis", "sourceMappingURL=redoc");
    }

    private static Set<String> loads(String text) {
        Set<String> found = new HashSet<>();
        Matcher loads = LOADS.matcher(text);
        while (loads.find()) {
            String address = Stream.of(loads.group(1), loads.group(2), loads.group(3))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow()
                    .strip()
                    .replaceAll("^[\"']|[\"']$", "");
            if (!address.startsWith("data:")) {
                assertThat(address).startsWith("/").doesNotStartWith("//");
                found.add(address);
            }
        }
        return found;
    }

    @Test
    void aBrowserLoadsNothingFromElsewhereEvenIfToldTo() {
        for (String page : List.of("/swagger/index.html", "/redoc")) {
            HttpHeaders headers = get(page).expectBody().returnResult().getResponseHeaders();
            String policy = Objects.requireNonNull(headers.getFirst("Content-Security-Policy"));
            assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; ")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe-eval", "*");
            for (String directive : policy.split(";")) {
                for (String source : directive.strip().split(" ")) {
                    assertThat(source).doesNotContain("http:");
                    if (source.startsWith("https:")) {
                        assertThat(source).isEqualTo("https://music.example");
                    }
                }
            }
            assertThat(headers.getFirst("X-Frame-Options")).isEqualTo("DENY");
            assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }
}
