package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.testing.TestS3;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go away before all of an upload was sent. */
class CutUploadsTests extends RawUploads {

    private static final byte[] SOUND = TestAudio.wav(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PLACES = 12;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tracks", "/api/v1/uploads", "/api/songs/"})
    void nothingIsLeftOfAnUploadThatIsCut(String address) throws IOException {
        byte[] form = form("; filename=\"a.wav\"", SOUND, "Cut");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary()).isEmpty());
        Set<String> before = tracks();
        for (int place = 0; place < PLACES; place++) {
            // from within the headers to within the last boundary, which ends with four bytes nobody waits for
            int sent = 20 + (form.length - 20 - 5) * place / (PLACES - 1);
            try (Socket socket = open(address, ada, form)) {
                socket.getOutputStream().write(form, 0, sent);
                if (place == PLACES - 1) {
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(temporary()).isNotEmpty());
                }
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary()).isEmpty());
        assertThat(get("/api/songs/", ada).expect(200).json().path("count").asInt())
                .isZero();
        Set<String> after = tracks();
        after.removeAll(before);
        assertThat(after).isEmpty();
        // the title and the room are free
        assertThat(post(address, ada, form)).startsWith("HTTP/1.1 201 ");
        assertThat(get("/api/songs/", ada).expect(200).json().path("count").asInt())
                .isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary()).isEmpty());
    }

    private static Set<String> tracks() throws IOException {
        return files(TestS3.folder().resolve(TestS3.bucket()).resolve("catalog/tracks"));
    }

    private static Set<String> temporary() throws IOException {
        return files(Path.of("target/parts"));
    }
}
