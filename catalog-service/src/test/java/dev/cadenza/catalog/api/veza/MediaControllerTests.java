package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Ffmpeg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

class MediaControllerTests extends VezaTests {

    private static final byte[] SONG = TestAudio.wav();

    @TempDir
    Path folder;

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
        "'bytes=0-5,5-6', 200, 0, 176444",
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

    @Test
    void severalRangesComeInParts() {
        String id = uploaded(ada, SONG);
        EntityExchangeResult<byte[]> answer = request(HttpMethod.GET, id, "/stream", "Range", "bytes=0-9,-5");
        assertThat(answer.getStatus().value()).isEqualTo(206);
        String type = Objects.requireNonNull(answer.getResponseHeaders().getFirst("Content-Type"));
        assertThat(type).startsWith("multipart/byteranges");
        String body = new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.ISO_8859_1);
        assertThat(answer.getResponseHeaders().getContentLength()).isEqualTo(body.length());
        String boundary = "--" + type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
        assertThat(body.split(Pattern.quote(boundary), -1)).hasSize(4);
        assertThat(body)
                .contains("Content-Type: audio/wav\r\nContent-Range: bytes 0-9/176444\r\n\r\n"
                        + new String(SONG, 0, 10, StandardCharsets.ISO_8859_1))
                .contains("Content-Range: bytes 176439-176443/176444\r\n\r\n"
                        + new String(SONG, 176_439, 5, StandardCharsets.ISO_8859_1))
                .endsWith(boundary + "--\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "mp3, 64, audio/mpeg, mp3",
        "aac, 256, audio/mp4, m4a",
        "opus, 96, audio/ogg, opus",
        "FLAC,, audio/flac, flac"
    })
    void givesTheTrackInAnotherFormatWithRangesFromTheFirstRequest(
            String format, String bitrate, String type, String extension) throws Exception {
        String id = uploaded(ada, TestAudio.wav(4.2), "title", "Song");
        String query = "?format=" + format + (bitrate == null ? "" : "&bitrate=" + bitrate);
        EntityExchangeResult<byte[]> part = request(HttpMethod.GET, id, "/stream" + query, "Range", "bytes=10-19");
        assertThat(part.getStatus().value()).isEqualTo(206);
        EntityExchangeResult<byte[]> whole = request(HttpMethod.GET, id, "/download" + query);
        byte[] bytes = Objects.requireNonNull(whole.getResponseBody());
        assertThat(whole.getResponseHeaders().getContentType()).hasToString(type);
        assertThat(whole.getResponseHeaders().getContentDisposition().getFilename())
                .isEqualTo("Song." + extension);
        assertThat(part.getResponseHeaders().getFirst("Content-Range")).isEqualTo("bytes 10-19/" + bytes.length);
        assertThat(part.getResponseBody()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        Path file = Files.write(folder.resolve("rendition"), bytes);
        AudioInfo info = Ffmpeg.open(AudioSettings.defaults()).probe(file);
        assertThat(info.durationSeconds()).isBetween(4.19, 4.26);
    }

    @Test
    void aRenditionIsMadeOnceForManyWhoAskAtOnce() throws Exception {
        String id = uploaded(ada, TestAudio.wav(4.2));
        List<byte[]> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> Objects.requireNonNull(
                        request(HttpMethod.GET, id, "/stream?format=mp3").getResponseBody()))
                .toList();
        assertThat(answers).allMatch(answer -> Arrays.equals(answer, answers.getFirst()));
        assertThat(objects()).contains("renditions/" + id + "/mp3-192");
        delete("/api/v1/tracks/" + id, ada).expectStatus().isOk();
        assertThat(objects()).noneMatch(object -> object.contains(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format=wma",
                "format=",
                "format=../mp3",
                "format=mp3&bitrate=1",
                "format=mp3&bitrate=128k",
                "format=flac&bitrate=128",
                "bitrate=128"
            })
    void refusesFormatsThatThereAreNot(String query) {
        String id = uploaded(ada, SONG);
        assertError(get("/api/v1/tracks/" + id + "/stream?" + query, null), 400);
    }

    @Test
    void aSignedAddressOpensAPrivateTrack() {
        String id = uploaded(ada, SONG, "is_public", "false");
        String address = json(get("/api/v1/tracks/" + id, ada))
                .path("data")
                .path("track")
                .path("stream_url")
                .asString();
        assertThat(client.get()
                        .uri(address)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody())
                .isEqualTo(SONG);
        client.get()
                .uri(address.replaceAll("expires=\\d", "expires=9"))
                .exchange()
                .expectStatus()
                .isNotFound();
        get("/api/v1/tracks/" + id + "/stream", bob).expectStatus().isNotFound();
    }

    @Test
    void downloadsAreCountedWhereTheyBegin() {
        String id = uploaded(ada, SONG);
        request(HttpMethod.GET, id, "/download");
        request(HttpMethod.GET, id, "/download", "Range", "bytes=0-10");
        request(HttpMethod.GET, id, "/download", "Range", "bytes=10-");
        request(HttpMethod.HEAD, id, "/download");
        request(HttpMethod.GET, id, "/download", "If-None-Match", etag(id));
        assertThat(json(get("/api/v1/tracks/" + id, null))
                        .path("data")
                        .path("track")
                        .path("download_count")
                        .asLong())
                .isEqualTo(2);
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
