import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the local stack and measures what a person waits for: start-up, memory, a composed minute, job hand-over, a
 * separated minute. Prints a Markdown table. Run by {@code benchmarks/run}; bounded in work and time.
 */
class PlatformBenchmark {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Path root;
    final Path data;
    final int portBase;
    String token = "";

    PlatformBenchmark(Path root, Path data, int portBase) {
        this.root = root;
        this.data = data;
        this.portBase = portBase;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        Path data = Files.createTempDirectory("cadenza-benchmark-");
        PlatformBenchmark benchmark = new PlatformBenchmark(root, data, 22_000);
        try {
            benchmark.run();
        } finally {
            benchmark.cadenza("down");
            benchmark.cadenza("reset", "--yes");
        }
    }

    void run() throws Exception {
        row("first `up` to all healthy, s", List.of(up()));
        cadenza("down");
        List<Double> later = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (i > 0) {
                cadenza("down");
            }
            later.add(up());
        }
        row("later `up` to all healthy, s", later);
        register();
        compose(30, "calm ambient piano"); // the first song loads the SoundFont
        List<Double> songs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            songs.add(compose(60, "driving rock with drums and bass"));
        }
        row("60 s song, request to WAV, MP3 and MIDI downloaded, s", songs);
        List<Double> handOver = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            handOver.add(handOver());
        }
        row("job hand-over, stored to started, ms", handOver);
        byte[] song = song(60);
        separate(song(5));
        List<Double> separations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            separations.add(separate(song));
        }
        row("60 s of stereo separated, upload to done, s", separations);
        row("resident memory of the whole stack, MiB", List.of(residentMebibytes()));
    }

    double up() throws Exception {
        long start = System.nanoTime();
        cadenza("up", "--detach");
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds. */
    double compose(int seconds, String prompt) throws Exception {
        long start = System.nanoTime();
        String id = generate(seconds, prompt);
        JsonNode status = await("/v1/ai/generations/" + id, "data");
        for (JsonNode file : status.path("audio_files")) {
            get(file.path("url").asString());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Milliseconds between the stored job and its start in a worker, by the service's own clock. */
    double handOver() throws Exception {
        String id = generate(30, "calm ambient piano");
        JsonNode status = await("/v1/ai/generations/" + id, "data");
        JsonNode rows = json(get("/v1/ai/generations?limit=1")).path("data").path("generations");
        Instant stored = Instant.parse(rows.get(0).path("created_at").asString());
        Instant started = Instant.parse(status.path("started_at").asString());
        return Duration.between(stored, started).toMillis();
    }

    String generate(int seconds, String prompt) throws Exception {
        HttpResponse<byte[]> response = post(
                "/v1/ai/generate",
                JSON.writeValueAsString(Map.of(
                        "parameters",
                        Map.of("prompt", prompt, "duration", seconds, "output_formats", List.of("wav", "mp3", "midi")))),
                "application/json");
        return json(response).path("data").path("generation_id").asString();
    }

    /** Seconds. */
    double separate(byte[] wav) throws Exception {
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"audio_file\"; filename=\"song.wav\"\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(wav);
        body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        HttpResponse<byte[]> response = send(
                "POST",
                "/api/vocal/separate/",
                BodyPublishers.ofByteArray(body.toByteArray()),
                "multipart/form-data; boundary=b");
        await("/api/vocal/files/" + json(response).path("file_id").asLong() + "/status/", "");
        return (System.nanoTime() - start) / 1e9;
    }

    JsonNode await(String path, String member) throws Exception {
        for (int i = 0; i < 3_000; i++) {
            JsonNode status = json(get(path));
            status = member.isEmpty() ? status : status.path(member);
            String word = status.path("status").asString();
            if (word.equals("completed")) {
                return status;
            }
            if (List.of("failed", "error", "cancelled").contains(word)) {
                throw new IllegalStateException(path + ": " + status);
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(path + " did not end");
    }

    void register() throws Exception {
        String name = "bench" + System.currentTimeMillis() % 1_000_000_000;
        String body = JSON.writeValueAsString(Map.of(
                "username", name,
                "email", name + "@example.org",
                "password", "Correct-horse-7-battery",
                "password_confirm", "Correct-horse-7-battery"));
        token = json(post("/api/v1/auth/register", body, "application/json"))
                .path("data")
                .path("token")
                .path("access_token")
                .asString();
    }

    HttpResponse<byte[]> get(String path) throws Exception {
        return send("GET", path, BodyPublishers.noBody(), "application/json");
    }

    HttpResponse<byte[]> post(String path, String body, String type) throws Exception {
        return send("POST", path, BodyPublishers.ofString(body), type);
    }

    HttpResponse<byte[]> send(String method, String path, HttpRequest.BodyPublisher body, String type)
            throws Exception {
        String url = path.startsWith("http") ? path : "http://localhost:" + (portBase + 80) + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body)
                .header("Content-Type", type);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw new IllegalStateException(method + " " + path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    double residentMebibytes() throws IOException {
        JsonNode state = JSON.readTree(data.resolve("run/state.json").toFile());
        List<Long> pids = new ArrayList<>();
        pids.add(state.path("supervisor").path("number").asLong());
        for (JsonNode part : state.path("parts")) {
            pids.add(part.path("process").path("number").asLong());
        }
        long kibibytes = 0;
        for (long pid : pids) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return kibibytes / 1024.0;
    }

    void cadenza(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("cadenza").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--port-base", Integer.toString(portBase), "--data", data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
    }

    static void row(String what, List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f – %.1f | %d |%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast(),
                sorted.size());
    }

    /** A centred, trembling tone like a voice over a wide chord and a beat, as WAV. */
    static byte[] song(int seconds) throws IOException {
        int frames = seconds * 44_100;
        ByteBuffer pcm = ByteBuffer.allocate(frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            double t = i / 44_100.0;
            double voice = 0.25 * Math.sin(2 * Math.PI * (440 * t + 0.9 * Math.sin(2 * Math.PI * 5 * t)));
            double beat = 0.3 * Math.exp(-40 * (t % 0.5)) * Math.sin(2 * Math.PI * 60 * t);
            pcm.putShort((short) (32_000 * (voice + beat + 0.2 * Math.sin(2 * Math.PI * 130.8 * t))));
            pcm.putShort((short) (32_000 * (voice + beat + 0.2 * Math.sin(2 * Math.PI * 196.0 * t))));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioFormat format = new AudioFormat(44_100, 16, 2, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm.array()), format, frames),
                AudioFileFormat.Type.WAVE,
                out);
        return out.toByteArray();
    }
}
