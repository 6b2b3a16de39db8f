package dev.cadenza.launcher.demo;

import static dev.cadenza.launcher.demo.DemoFailedException.unless;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the platform is for, from registration to statistics, through its gateway only. The one other address it asks is
 * the mail page, as a person opens his mailbox.
 */
public final class Demo {

    private static final Duration EVENTS = Duration.ofSeconds(20);
    private static final Duration JOBS = Duration.ofMinutes(5);

    /** With all else that it does the walk stays below 100 requests a minute, which is what one address may send. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Pattern TOKEN = Pattern.compile("token=([A-Za-z0-9_.~-]+)");

    private final Api api;
    private final Api mailbox;
    private final Path folder;
    private final Optional<Path> given;
    private final Screen screen;
    private final List<Path> written = new ArrayList<>();

    /**
     * Plans a walk.
     *
     * @param gateway base address of the gateway
     * @param mailPage base address of the page with the mails
     * @param folder where downloads go
     * @param audio what to upload; absent: a song that the platform generates first
     * @param out what is shown
     */
    public Demo(URI gateway, URI mailPage, Path folder, Optional<Path> audio, PrintStream out) {
        this.api = new Api(gateway);
        this.mailbox = new Api(mailPage);
        this.folder = folder;
        this.given = audio;
        this.screen = new Screen(out);
    }

    /** Walks; throws at the first thing that is not as it should be. */
    public void run() throws IOException, InterruptedException, DemoFailedException {
        Files.createDirectories(folder);
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            String name = register();
            listen(receiver);
            Path audio;
            if (given.isPresent()) {
                audio = given.get();
            } else {
                audio = generate("calm ambient piano", Map.of("duration", 30)).getFirst();
            }
            String track = upload(audio, name);
            stream(track, audio);
            respond(track, name);
            if (given.isPresent()) {
                generate("calm ambient piano", Map.of("duration", 30));
            }
            generate(
                    "night drive with a strong beat",
                    ordered(
                            Map.entry("subgenre", "synthwave"),
                            Map.entry("tempo", 110),
                            Map.entry("key", "A_minor"),
                            Map.entry("duration", 30),
                            Map.entry("primary_instruments", List.of("drums", "synth_bass", "piano"))));
            separate(audio);
            hear(receiver);
            count(track);
        }
        screen.line("");
        screen.line("Everything worked. Files to listen to:");
        written.forEach(file -> screen.line("  " + file));
    }

    // ---- the steps ----------------------------------------------------------------------------------------------

    private String register() throws IOException, InterruptedException, DemoFailedException {
        screen.step("Register, confirm the e-mail address, log in");
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String name = "demo_" + HexFormat.of().formatHex(random);
        String email = name + "@example.org";
        String password = "Demo-" + HexFormat.of().formatHex(random) + "-9!";
        JsonNode registered = api.post(
                        "/api/v1/auth/register",
                        Map.of("username", name, "email", email, "password", password, "password_confirm", password))
                .path("data");
        screen.fact("account", name + " / " + password);
        screen.fact("user id", text(registered.path("user"), "id"));
        JsonNode mail = eventually(EVENTS, "a mail to " + email, () -> {
            JsonNode mails = mailbox.get("/api/mails?to=" + Api.encode(email));
            return mails.isEmpty() ? Optional.empty() : Optional.of(mails.get(0));
        });
        screen.fact("mail", "\"" + text(mail, "subject") + "\"");
        Matcher token = TOKEN.matcher(text(mail, "text"));
        unless(token.find(), "The mail has no token: " + text(mail, "text"));
        api.post("/api/v1/auth/verify-email?token=" + Api.encode(token.group(1)));
        screen.fact("verified", email);
        JsonNode login = api.post("/api/v1/auth/login", Map.of("email", email, "password", password))
                .path("data");
        api.authenticate(text(login.path("token"), "access_token"));
        JsonNode me = api.get("/api/v1/auth/me").path("data");
        unless(me.toString().contains(name), "The token belongs to somebody else: " + me);
        screen.fact(
                "logged in",
                "the token is good for "
                        + login.path("token").path("expires_in").asLong() + " s");
        return name;
    }

    private void listen(WebhookReceiver receiver) throws IOException, InterruptedException, DemoFailedException {
        JsonNode webhook = api.post("/api/v1/webhooks", Map.of("url", receiver.address(), "events", List.of("*")))
                .path("data");
        receiver.expect(text(webhook, "api_key"));
        screen.fact("webhook", receiver.address() + " hears of everything");
    }

    private String upload(Path audio, String name) throws IOException, InterruptedException, DemoFailedException {
        screen.step("Upload a recording");
        screen.fact("file", audio + " (" + Screen.size(Files.size(audio)) + ")");
        JsonNode uploaded = api.upload(
                        "/api/v1/tracks", "file", audio, Map.of("title", "Song of " + name, "genre", "demo"))
                .path("data")
                .path("track");
        String id = text(uploaded, "id");
        screen.fact("track", id);
        awaitJob(
                "measuring",
                JOBS,
                () -> api.get("/api/v1/tracks/" + id + "/status").path("data"));
        JsonNode track = track(id);
        screen.fact(
                "probed",
                "%s, %s, %d Hz, %d channels, %d kbit/s"
                        .formatted(
                                text(track, "format"),
                                Screen.seconds(track.path("duration_seconds").asDouble()),
                                track.path("sample_rate").asInt(),
                                track.path("channels").asInt(),
                                track.path("bitrate").asInt()));
        JsonNode loudness = track.path("loudness");
        screen.fact(
                "loudness",
                "%s LUFS, range %s LU, true peak %s dBTP"
                        .formatted(
                                loudness.path("integrated").asString("-"),
                                loudness.path("range").asString("-"),
                                loudness.path("true_peak").asString("-")));
        return id;
    }

    private void stream(String track, Path audio) throws IOException, InterruptedException, DemoFailedException {
        screen.step("Stream it with Range requests, compare the bytes");
        byte[] whole = Files.readAllBytes(audio);
        String path = text(track(track), "stream_url");
        int middle = whole.length / 2;
        int[][] ranges = {{0, Math.min(65_535, whole.length - 1)}, {middle, Math.min(middle + 999, whole.length - 1)}};
        for (int[] range : ranges) {
            byte[] part = api.range(path, range[0], range[1]);
            unless(
                    Arrays.equals(part, Arrays.copyOfRange(whole, range[0], range[1] + 1)),
                    "The bytes " + range[0] + "-" + range[1] + " of " + path + " are not those of the file");
            screen.fact("bytes", range[0] + "-" + range[1] + " are those of the file");
        }
    }

    private void respond(String track, String name) throws IOException, InterruptedException, DemoFailedException {
        screen.step("Find it, like it, comment on it, put it in a playlist");
        String words = "song of " + name;
        JsonNode found = eventually(EVENTS, "the track in the search for " + words, () -> {
            JsonNode tracks =
                    api.get("/api/v1/tracks/search?q=" + Api.encode(words)).path("tracks");
            return tracks.isEmpty() ? Optional.empty() : Optional.of(tracks.get(0));
        });
        unless(text(found, "id").equals(track), "The search found another track: " + found);
        screen.fact("found", "\"" + text(found, "title") + "\" by " + text(found, "artist"));
        api.post("/api/v1/tracks/" + track + "/like");
        JsonNode comment = api.post(
                        "/api/v1/tracks/" + track + "/comments", Map.of("content", "Recorded for the demo."))
                .path("data")
                .path("comment");
        screen.fact("comment", "\"" + text(comment, "content") + "\" by " + text(comment, "username"));
        String playlist = text(
                api.post(
                                "/api/v1/playlists",
                                Map.of("title", "Demo of " + name, "description", "Made by ./cadenza demo"))
                        .path("data")
                        .path("playlist"),
                "id");
        api.post("/api/v1/playlists/" + playlist + "/tracks", Map.of("track_id", track));
        JsonNode filled = api.get("/api/v1/playlists/" + playlist).path("data").path("playlist");
        unless(text(filled.path("tracks").path(0), "id").equals(track), "The playlist has not the track: " + filled);
        screen.fact(
                "playlist",
                "\"" + text(filled, "title") + "\" has "
                        + filled.path("track_count").asInt() + " track");
        long likes = eventually(
                EVENTS,
                "the like to reach the track",
                () -> Optional.of(track(track).path("like_count").asLong()).filter(count -> count > 0));
        screen.fact("likes", likes + " (the catalog heard of it over Kafka)");
    }

    /** Returns the files, the WAV first. */
    private List<Path> generate(String prompt, Map<String, ?> parameters)
            throws IOException, InterruptedException, DemoFailedException {
        screen.step("Generate a song: \"" + prompt + "\"");
        parameters.forEach((name, value) -> screen.fact(name, value));
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        all.put("output_formats", List.of("wav", "mp3", "midi"));
        long began = System.nanoTime();
        JsonNode accepted = api.post("/v1/ai/generate", Map.of("prompt", prompt, "parameters", all))
                .path("data");
        String id = text(accepted, "generation_id");
        screen.fact("job", id + ", place " + accepted.path("queue_position").asString("-") + " in the queue");
        JsonNode done = awaitJob(
                "composing", JOBS, () -> api.get("/v1/ai/generations/" + id).path("data"));
        screen.fact("took", Screen.seconds((System.nanoTime() - began) / 1e9));
        String trackId = text(done, "track_id");
        JsonNode song = done.path("result");
        if (song.isObject()) {
            screen.fact(
                    "song",
                    "%s, %s, %s bpm, by %s %s"
                            .formatted(
                                    text(done.path("track_preview"), "title"),
                                    song.path("key").asString("-"),
                                    song.path("tempo").asString("-"),
                                    song.path("engine").asString("-"),
                                    song.path("engine_version").asString("")));
        }
        List<Path> files = new ArrayList<>();
        for (String format : List.of("wav", "mp3", "midi")) {
            Path file = folder.resolve(id + "." + (format.equals("midi") ? "mid" : format));
            api.download("/v1/ai/tracks/" + trackId + "/download?format=" + format, file);
            files.add(shown(format, file));
        }
        return files;
    }

    private void separate(Path audio) throws IOException, InterruptedException, DemoFailedException {
        screen.step("Separate the recording into vocals and accompaniment");
        String id = text(api.upload("/api/vocal/separate/", "audio_file", audio, Map.of()), "file_id");
        long began = System.nanoTime();
        JsonNode done = awaitJob("separating", JOBS, () -> api.get("/api/vocal/files/" + id + "/status/"));
        screen.fact("took", Screen.seconds((System.nanoTime() - began) / 1e9));
        Path vocals = separated(done, "vocals");
        Path instrumental = separated(done, "instrumental");
        MediaFacts one = MediaFacts.of(vocals);
        MediaFacts other = MediaFacts.of(instrumental);
        unless(
                one.frames() == other.frames(),
                "The two are not aligned: " + one.frames() + " and " + other.frames() + " samples");
        screen.fact("aligned", "both have " + one.frames() + " samples a channel");
    }

    private Path separated(JsonNode done, String part) throws IOException, InterruptedException, DemoFailedException {
        String address = text(done, part + "_url");
        String path = URI.create(address).getPath();
        Path file = folder.resolve(part + path.substring(path.lastIndexOf('.')));
        return shown(part, api.download(address, file));
    }

    private void hear(WebhookReceiver receiver) throws IOException, InterruptedException, DemoFailedException {
        screen.step("What the webhook heard");
        for (String type : List.of("track.uploaded", "generation.completed", "processing.completed")) {
            eventually(EVENTS, "the event " + type, () -> receiver.has(type) ? Optional.of(type) : Optional.empty());
        }
        unless(receiver.refused() == 0, receiver.refused() + " events came with a wrong signature");
        for (WebhookReceiver.Event event : receiver.events()) {
            screen.fact(event.type(), event.id());
        }
        screen.fact("signatures", "all of them are the platform's");
    }

    private void count(String track) throws IOException, InterruptedException, DemoFailedException {
        screen.step("What the listening left in the statistics");
        JsonNode stats = eventually(
                EVENTS,
                "the play of the stream",
                () -> Optional.of(api.get("/api/v1/tracks/" + track + "/stats")
                                .path("data")
                                .path("stats"))
                        .filter(found -> found.path("total_plays").asLong() > 0));
        screen.fact("plays", stats.path("total_plays").asLong());
        screen.fact("listeners", stats.path("unique_listeners").asLong());
    }

    @SafeVarargs
    private static Map<String, Object> ordered(Map.Entry<String, Object>... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }

    // ---- how they wait and look ---------------------------------------------------------------------------------

    private interface Question<T> {
        T ask() throws IOException, InterruptedException, DemoFailedException;
    }

    private static <T> T eventually(Duration patience, String what, Question<Optional<T>> question)
            throws IOException, InterruptedException, DemoFailedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            unless(System.nanoTime() < deadline, "After " + patience.toSeconds() + " s there is still not: " + what);
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private JsonNode awaitJob(String task, Duration patience, Question<JsonNode> question)
            throws IOException, InterruptedException, DemoFailedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode job = question.ask();
            String status = text(job, "status");
            boolean completed = status.equals("completed");
            screen.progress(task, completed ? 100 : job.path("progress").asInt(0), status);
            if (completed || List.of("failed", "error", "cancelled").contains(status)) {
                screen.progressEnds();
                unless(completed, task + " ended as " + status + ": " + job);
                return job;
            }
            if (System.nanoTime() > deadline) {
                screen.progressEnds();
                throw new DemoFailedException(task + " is not done after " + patience.toSeconds() + " s: " + job);
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private JsonNode track(String id) throws IOException, InterruptedException, DemoFailedException {
        return api.get("/api/v1/tracks/" + id).path("data").path("track");
    }

    private Path shown(String name, Path file) throws IOException, DemoFailedException {
        screen.fact(name, MediaFacts.of(file) + ", " + Screen.size(Files.size(file)));
        written.add(file);
        return file;
    }

    private static String text(JsonNode node, String name) throws DemoFailedException {
        JsonNode value = node.path(name);
        unless(!value.isMissingNode() && !value.isNull(), "There is no \"" + name + "\" in " + node);
        return value.asString();
    }
}
