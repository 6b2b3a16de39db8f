package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@ExampleApplicationTest
class MediaResponseTests {

    @Autowired
    WebTestClient client;

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
}
