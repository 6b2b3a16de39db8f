package dev.cadenza.processing.api.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.web.media.MediaSettings;
import dev.cadenza.platform.web.media.MediaSigner;
import dev.cadenza.processing.TestAudio;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class MediaControllerTests extends ProcessingTests {

    private static final byte[] SONG = TestAudio.wav(0.5, SampleFormat.PCM16);
    private static final String NO_IDENTITY = "Authentication credentials were not provided.";

    @Test
    void aSignedAddressIsRootRelativeAndWorksWithoutAnIdentity() {
        String url = status(ada, uploaded(ada, "song.wav", SONG))
                .path("original_url")
                .asString();
        assertThat(url)
                .matches("/media/uploads/vocal_separation/original/\\d+/song\\.wav\\?expires=\\d+&signature=\\S+");
        assertThat(get(url, null)
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType("audio/wav")
                        .expectHeader()
                        .contentLength(SONG.length)
                        .expectHeader()
                        .valueEquals("Accept-Ranges", "bytes")
                        .expectHeader()
                        .valueEquals("Cache-Control", "private, no-cache")
                        .expectBody()
                        .returnResult()
                        .getResponseBody())
                .isEqualTo(SONG);
    }

    @Test
    void theOwnerNeedsNoSignatureAndNobodyElseGetsIn() {
        String path = path(status(ada, uploaded(ada, "song.wav", SONG))
                .path("original_url")
                .asString());
        get(path, ada).expectStatus().isOk();
        get(path, bob).expectStatus().isNotFound();
        assertDetail(get(path, null), 401, NO_IDENTITY);
    }

    @Test
    void aWrongOrForeignOrOldSignatureOpensNothing() {
        String url = status(ada, uploaded(ada, "song.wav", SONG))
                .path("original_url")
                .asString();
        String other = status(ada, uploaded(ada, "other.wav", SONG))
                .path("original_url")
                .asString();
        String path = path(url);
        String query = url.substring(path.length());
        assertDetail(get(path + query.substring(0, query.length() - 1) + "_", null), 401, NO_IDENTITY);
        assertDetail(get(path + other.substring(path(other).length()), null), 401, NO_IDENTITY);
        assertDetail(get(path + query.replace("expires=", "expires=9"), null), 401, NO_IDENTITY);
        assertDetail(get(path + "?expires=x&signature=", null), 401, NO_IDENTITY);
        assertDetail(get(path.replace("original", "vocals") + query, null), 401, NO_IDENTITY);
        MediaUrls past = new MediaUrls(new MediaSigner(
                new MediaSettings("a secret of the tests", Duration.ofMinutes(10)),
                Clock.fixed(Instant.now().minus(Duration.ofHours(1)), ZoneOffset.UTC)));
        long number = Long.parseLong(path.split("/")[5]);
        assertDetail(get(past.signed("original", number, "song.wav"), null), 401, NO_IDENTITY);
        MediaUrls now = new MediaUrls(
                new MediaSigner(new MediaSettings("a secret of the tests", Duration.ofMinutes(10)), Clock.systemUTC()));
        get(now.signed("original", number, "song.wav"), null).expectStatus().isOk();
    }

    @Test
    void rangesAndConditionsAreHonoured() {
        String url = status(ada, uploaded(ada, "song.wav", SONG))
                .path("original_url")
                .asString();
        var head = client.method(HttpMethod.HEAD)
                .uri(address(url))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(SONG.length)
                .expectBody()
                .returnResult();
        assertThat(head.getResponseBody()).isNull();
        String etag = head.getResponseHeaders().getETag();
        assertThat(etag).isNotNull();
        assertThat(range(url, "bytes=100-199", null, 206)).isEqualTo(Arrays.copyOfRange(SONG, 100, 200));
        assertThat(range(url, "bytes=-10", etag, 206))
                .isEqualTo(Arrays.copyOfRange(SONG, SONG.length - 10, SONG.length));
        assertThat(range(url, "bytes=0-9", "\"other\"", 200)).isEqualTo(SONG);
        client.get()
                .uri(address(url))
                .header("Range", "bytes=" + SONG.length + "-")
                .exchange()
                .expectStatus()
                .isEqualTo(416)
                .expectHeader()
                .valueEquals("Content-Range", "bytes */" + SONG.length);
        client.get()
                .uri(address(url))
                .header("If-None-Match", etag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String path = path(status(ada, uploaded(ada, "song.wav", SONG))
                .path("original_url")
                .asString());
        assertDetail(get(path.replace("song.wav", "gnos.wav"), ada), 404, "File not found");
        assertDetail(get(path.replace("original", "denoised"), ada), 404, "File not found");
        assertDetail(get(path.replaceFirst("/\\d+/", "/999999999/"), ada), 404, "File not found");
        assertDetail(get(path.replaceFirst("/\\d+/", "/x/"), ada), 404, "File not found");
    }

    private byte @Nullable [] range(String url, String range, @Nullable String ifRange, int status) {
        return client.get()
                .uri(address(url))
                .header("Range", range)
                .headers(headers -> {
                    if (ifRange != null) {
                        headers.set("If-Range", ifRange);
                    }
                })
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private static String path(String url) {
        return url.substring(0, url.indexOf('?'));
    }
}
