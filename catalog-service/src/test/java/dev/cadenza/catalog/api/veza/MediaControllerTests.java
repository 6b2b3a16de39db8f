package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioFormat;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class MediaControllerTests extends VezaTests {

    private static final byte[] SONG = TestAudio.wav();

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void givesBackExactlyWhatWasUploaded(AudioFormat format) {
        byte[] bytes = TestAudio.encoded(format);
        String id = uploaded(ada, bytes);
        for (String kind : new String[] {"/stream", "/download"}) {
            EntityExchangeResult<byte[]> answer = request(HttpMethod.GET, id, kind);
            assertThat(answer.getStatus().value()).isEqualTo(200);
            assertThat(answer.getResponseBody()).isEqualTo(bytes);
            assertThat(answer.getResponseHeaders().getContentType()).hasToString(format.contentType());
            assertThat(answer.getResponseHeaders().getFirst("X-Content-Type-Options"))
                    .isEqualTo("nosniff");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 206, 0, 100",
        "bytes=100-199, 206, 100, 100",
        "bytes=176400-, 206, 176400, 44",
        "bytes=-10, 206, 176434, 10",
        "bytes=0-999999999, 206, 0, 176444",
        "bytes=176443-176443, 206, 176443, 1",
        "'bytes=0-1,5-6', 200, 0, 176444",
        "bytes=abc, 200, 0, 176444",
        "items=0-1, 200, 0, 176444"
    })
    void answersRanges(String range, int status, int from, int length) {
        String id = uploaded(ada, SONG);
        assertThat(SONG).hasSize(176_444);
        EntityExchangeResult<byte[]> answer = request(HttpMethod.GET, id, "/stream", "Range", range);
        assertThat(answer.getStatus().value()).isEqualTo(status);
        assertThat(answer.getResponseBody()).isEqualTo(Arrays.copyOfRange(SONG, from, from + length));
        if (status == 206) {
            assertThat(answer.getResponseHeaders().getFirst("Content-Range"))
                    .isEqualTo("bytes " + from + "-" + (from + length - 1) + "/176444");
        }
    }

    @Test
    void aRangeBehindTheEndIsRefused() {
        String id = uploaded(ada, SONG);
        EntityExchangeResult<byte[]> answer = request(HttpMethod.GET, id, "/stream", "Range", "bytes=176444-");
        assertThat(answer.getStatus().value()).isEqualTo(416);
        assertThat(answer.getResponseHeaders().getFirst("Content-Range")).isEqualTo("bytes */176444");
    }

    @Test
    void anUnchangedTrackIsNotSentAgain() {
        String id = uploaded(ada, SONG);
        String etag = etag(id);
        EntityExchangeResult<byte[]> answer = request(HttpMethod.GET, id, "/stream", "If-None-Match", etag);
        assertThat(answer.getStatus().value()).isEqualTo(304);
        assertThat(answer.getResponseBody()).isNull();
    }

    @Test
    void aRangeOfAnotherVersionIsAnsweredWhole() {
        String id = uploaded(ada, SONG);
        String etag = etag(id);
        assertThat(request(HttpMethod.GET, id, "/stream", "Range", "bytes=0-9", "If-Range", etag)
                        .getStatus()
                        .value())
                .isEqualTo(206);
        assertThat(request(HttpMethod.GET, id, "/stream", "Range", "bytes=0-9", "If-Range", "\"other\"")
                        .getStatus()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void headTellsTheSameWithoutBytes() {
        String id = uploaded(ada, SONG);
        EntityExchangeResult<byte[]> answer = request(HttpMethod.HEAD, id, "/download");
        assertThat(answer.getStatus().value()).isEqualTo(200);
        assertThat(answer.getResponseHeaders().getContentLength()).isEqualTo(SONG.length);
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.ACCEPT_RANGES))
                .isEqualTo("bytes");
        assertThat(answer.getResponseBody()).isNull();
    }

    @Test
    void aDownloadIsNamedAfterTheTitle() {
        String id = uploaded(ada, SONG, "title", "a/b \"ü\" \\ c");
        HttpHeaders headers = request(HttpMethod.GET, id, "/download").getResponseHeaders();
        assertThat(headers.getContentDisposition().getType()).isEqualTo("attachment");
        assertThat(headers.getContentDisposition().getFilename()).isEqualTo("a_b _ü_ _ c.wav");
        assertThat(request(HttpMethod.GET, id, "/stream").getResponseHeaders().getFirst("Content-Disposition"))
                .isNull();
    }

    @Test
    void cachesMayShareWhatIsPublicOnly() {
        String id = uploaded(ada, SONG);
        assertThat(request(HttpMethod.GET, id, "/stream").getResponseHeaders().getCacheControl())
                .contains("public");
        put("/api/v1/tracks/" + id, ada, "{\"is_public\":false}").expectStatus().isOk();
        assertThat(client.get()
                        .uri("/api/v1/tracks/" + id + "/stream")
                        .headers(headers -> headers.setBearerAuth(ada.token()))
                        .exchange()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseHeaders()
                        .getCacheControl())
                .contains("private");
    }

    private String etag(String id) {
        return Objects.requireNonNull(
                request(HttpMethod.HEAD, id, "/stream").getResponseHeaders().getETag());
    }

    private EntityExchangeResult<byte[]> request(HttpMethod method, String id, String kind, String... headers) {
        return client.method(method)
                .uri("/api/v1/tracks/" + id + kind)
                .headers(all -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        all.set(headers[i], headers[i + 1]);
                    }
                })
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
    }
}
