package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.web.media.HandOver;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@ExampleApplicationTest
class MediaResponseTests {

    @Autowired
    WebTestClient client;

    @LocalServerPort
    int port;

    @Test
    void answersTheWholeWithItsFacts() {
        client.get()
                .uri("/media-example")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Accept-Ranges", "bytes")
                .expectHeader()
                .valueEquals("ETag", "\"tag\"")
                .expectHeader()
                .valueEquals("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT")
                .expectHeader()
                .valueEquals("Content-Type", "audio/mpeg")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .contentLength(20)
                .expectHeader()
                .valueMatches("Content-Disposition", "attachment; filename.*")
                .expectBody(String.class)
                .isEqualTo("0123456789abcdefghij");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, bytes 0-0/20",
        "bytes=5-9, 56789, bytes 5-9/20",
        "bytes=15-, fghij, bytes 15-19/20",
        "bytes=-3, hij, bytes 17-19/20",
        "bytes=18-99, ij, bytes 18-19/20"
    })
    void answersOneRange(String range, String body, String contentRange) {
        client.get()
                .uri("/media-example")
                .header("Range", range)
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", contentRange)
                .expectHeader()
                .contentLength(body.length())
                .expectBody(String.class)
                .isEqualTo(body);
    }

    @Test
    void answers416PastTheEnd() {
        client.get()
                .uri("/media-example")
                .header("Range", "bytes=20-")
                .exchange()
                .expectStatus()
                .isEqualTo(416)
                .expectHeader()
                .valueEquals("Content-Range", "bytes */20")
                .expectBody()
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tag\" | 206",
                "\"other\" | 200",
                "W/\"tag\" | 200",
                "Fri, 02 Jan 2026 03:04:05 GMT | 206",
                "Thu, 01 Jan 2026 03:04:05 GMT | 200",
                "nonsense | 200"
            })
    void honoursIfRange(String condition, int status) {
        client.get()
                .uri("/media-example")
                .header("Range", "bytes=0-1")
                .header("If-Range", condition)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tag\"", "W/\"tag\"", "*", "\"a\", \"tag\""})
    void answers304WhereNothingChanged(String tags) {
        client.get()
                .uri("/media-example")
                .header("If-None-Match", tags)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        client.get()
                .uri("/media-example")
                .header("If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT")
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void answersHeadWithoutABody() {
        client.head()
                .uri("/media-example")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(20)
                .expectBody()
                .isEmpty();
        client.head()
                .uri("/media-example")
                .header("Range", "bytes=0-4")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .contentLength(5);
    }

    @Test
    void spoolsAnUploadAndRefusesOneThatIsTooLarge() {
        client.post()
                .uri("/upload-example")
                .body(upload("../x \"y\".mp3", 100 * 1024))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.size")
                .isEqualTo(100 * 1024);
        client.post()
                .uri("/upload-example")
                .body(upload("x.mp3", 100 * 1024 + 1))
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void anUploadWithoutAFileOrOfAnotherFormIsTheCallersFault() {
        client.post()
                .uri("/upload-example")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(400, 415));
        MultipartBodyBuilder other = new MultipartBodyBuilder();
        other.part("other", "x");
        client.post()
                .uri("/upload-example")
                .body(BodyInserters.fromMultipartData(other.build()))
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.post()
                .uri("/upload-example")
                .header("Content-Type", "multipart/form-data; boundary=abc")
                .bodyValue("--abc\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut"
                        .getBytes(StandardCharsets.US_ASCII))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private static BodyInserters.MultipartInserter upload(String name, int size) {
        MultipartBodyBuilder builder = new MultipartBodyBuilder();
        builder.part("file", new ByteArrayResource(new byte[size])).filename(name);
        return BodyInserters.fromMultipartData(builder.build());
    }

    @Test
    void theGatewayIsToldWhereLargeBodiesLieInsteadOfGettingThem() {
        long made = StoredExample.MADE.get();
        client.get()
                .uri("/stored-example")
                .header(HandOver.STORE, StoredExample.ORIGIN)
                .header("Range", "bytes=1000-999999")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 1000-999999/" + StoredExample.SIZE)
                .expectHeader()
                .valueEquals("ETag", "\"tag\"")
                .expectHeader()
                .valueEquals("Content-Type", "audio/mpeg")
                .expectHeader()
                .valueEquals(HandOver.LOCATION, StoredExample.ORIGIN + "/bucket/key?signed=yes")
                .expectHeader()
                .valueEquals(HandOver.BYTES, "1000-999999")
                .expectBody()
                .isEmpty();
        assertThat(StoredExample.MADE.get()).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99,           http://store.example:9000, 206, 100",
        "'bytes=0-9,5000-5009', http://store.example:9000, 206, 0",
        "bytes=0-299999,       http://other.example:9000, 206, 300000",
        "bytes=0-299999,                                , 206, 300000",
        "bytes=999999999-,     http://store.example:9000, 416, 0"
    })
    void theRestIsAnsweredHere(String range, @Nullable String store, int status, long length) {
        HttpHeaders headers = client.get()
                .uri("/stored-example")
                .headers(sent -> {
                    sent.set("Range", range);
                    if (store != null) {
                        sent.set(HandOver.STORE, store);
                    }
                })
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .doesNotExist(HandOver.LOCATION)
                .expectBody(byte[].class)
                .returnResult()
                .getResponseHeaders();
        if (length > 0) {
            assertThat(headers.getContentLength()).isEqualTo(length);
        }
    }

    @Test
    void whoAsksForTheFactsAloneGetsThemAll() {
        client.head()
                .uri("/stored-example")
                .header(HandOver.STORE, StoredExample.ORIGIN)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(StoredExample.SIZE)
                .expectHeader()
                .doesNotExist(HandOver.LOCATION);
    }

    @Test
    void longBodiesComeWholeAndInOrder() {
        byte[] body = client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(20_000_000))
                .build()
                .get()
                .uri("/stored-example")
                .header("Range", "bytes=500-10499999")
                .exchange()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        assertThat(body).hasSize(10_499_500);
        for (int i = 0; i < body.length; i++) {
            if (body[i] != StoredExample.value(500 + i)) {
                throw new AssertionError("byte " + i);
            }
        }
    }

    @Test
    void nothingIsReadAheadForWhoDoesNotRead() throws Exception {
        long made = StoredExample.MADE.get();
        try (Socket paused = new Socket()) {
            paused.setReceiveBufferSize(64 * 1024);
            paused.connect(new InetSocketAddress("127.0.0.1", port));
            paused.getOutputStream()
                    .write("GET /stored-example HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(paused.getInputStream().read()).isEqualTo('H');
            // as long as it takes to see that no more comes
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> before.getAndSet(StoredExample.MADE.get()) == StoredExample.MADE.get());
            // what the system's buffers hold, and a piece or two
            assertThat(StoredExample.MADE.get() - made).isLessThan(StoredExample.SIZE / 4);
        }
    }
}
