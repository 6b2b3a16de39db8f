package dev.cadenza.launcher.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo believes, and what it does not. */
class DemoPartsTests {

    private static final String KEY = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    @TempDir
    Path folder;

    @Test
    void readsAWavFile() throws Exception {
        Path file = folder.resolve("a.wav");
        AudioFormat format = new AudioFormat(48_000, 16, 2, true, false);
        try (AudioInputStream silence =
                new AudioInputStream(new java.io.ByteArrayInputStream(new byte[4 * 12_000]), format, 12_000)) {
            AudioSystem.write(silence, AudioFileFormat.Type.WAVE, file.toFile());
        }
        MediaFacts facts = MediaFacts.of(file);
        assertThat(facts).hasToString("WAV 16 bit, 48000 Hz, stereo, 0.25 s");
        assertThat(facts.frames()).isEqualTo(12_000);
    }

    @Test
    void readsAnMp3FileFrameByFrame() throws Exception {
        // MPEG 1 layer 3, 128 kbit/s, 44.1 kHz, joint stereo: 417 bytes a frame
        byte[] mp3 = new byte[10 + 3 * 417];
        mp3[0] = 'I';
        mp3[1] = 'D';
        mp3[2] = '3';
        for (int frame = 0; frame < 3; frame++) {
            int at = 10 + frame * 417;
            mp3[at] = (byte) 0xFF;
            mp3[at + 1] = (byte) 0xFB;
            mp3[at + 2] = (byte) 0x90;
            mp3[at + 3] = (byte) 0x44;
        }
        MediaFacts facts = MediaFacts.of(Files.write(folder.resolve("a.mp3"), mp3));
        assertThat(facts.frames()).isEqualTo(3 * 1152);
        assertThat(facts.description()).isEqualTo("MP3 128 kbit/s, 44100 Hz, stereo");
    }

    @Test
    void readsAMidiFile() throws Exception {
        Sequence sequence = new Sequence(Sequence.PPQ, 480, 1);
        sequence.getTracks()[0].add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 90), 0));
        sequence.getTracks()[0].add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, 60, 0), 480));
        Path file = folder.resolve("a.mid");
        MidiSystem.write(sequence, 0, file.toFile());
        assertThat(MediaFacts.of(file).description()).isEqualTo("MIDI, 1 tracks, 1 notes");
    }

    @Test
    void believesNoFileThatOnlySaysWhatItIs() throws Exception {
        Path text = Files.writeString(folder.resolve("a.wav"), "no sound at all, but a name");
        assertThatExceptionOfType(DemoFailedException.class).isThrownBy(() -> MediaFacts.of(text));
        Path empty = Files.writeString(folder.resolve("empty.wav"), "");
        assertThatExceptionOfType(DemoFailedException.class).isThrownBy(() -> MediaFacts.of(empty));
    }

    @Test
    void waitsWhereItAsksTooOften() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean tooOften = asked.incrementAndGet() % 2 == 1;
                byte[] body = (tooOften ? "{\"too\":\"often, which is longer\"}" : "{\"a\":1}").getBytes(UTF_8);
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(tooOften ? 429 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            Api api =
                    new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            assertThat(api.get("/x").path("a").asInt()).isEqualTo(1);
            assertThat(api.download("/x", folder.resolve("x"))).hasContent("{\"a\":1}");
            assertThat(asked).hasValue(4);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesSignedEventsOnceAndRefusesOthers() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.expect(KEY);
            String body = "{\"type\":\"track.uploaded\",\"data\":{}}";
            long now = Instant.now().getEpochSecond();
            String signature = new Webhook(KEY).sign("evt-1", now, body);
            assertThat(post(receiver, "evt-1", now, signature, body)).isEqualTo(204);
            assertThat(post(receiver, "evt-1", now, signature, body)).isEqualTo(204);
            assertThat(post(receiver, "evt-2", now, signature, body)).isEqualTo(401);
            assertThat(post(receiver, "evt-1", now - 3_600, signature, body)).isEqualTo(401);
            assertThat(receiver.events()).containsExactly(new WebhookReceiver.Event("evt-1", "track.uploaded"));
            assertThat(receiver.has("track.uploaded")).isTrue();
            assertThat(receiver.refused()).isEqualTo(2);
        }
    }

    private static int post(WebhookReceiver receiver, String id, long at, String signature, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(receiver.address()))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
