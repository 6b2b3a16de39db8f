package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the API description that names a thing in its path, tried with somebody's private things by those
 * whose business they are not.
 */
class OthersThingsE2E {

    /** What nobody has to be known for. All else answers 401 to them, also what is open to those with a signed address. */
    private static final Set<String> OPEN = Set.of(
            "GET /api/auth/reset-password/{token}/",
            "POST /api/auth/reset-password/{token}/",
            "GET /api/auth/verify-email/{token}/",
            "GET /api/v1/playlists/shared/{token}",
            "GET /api/v1/tracks/{id}",
            "GET /api/v1/tracks/{id}/comments",
            "GET /api/v1/tracks/{id}/download",
            "GET /api/v1/tracks/{id}/hls/master.m3u8",
            "GET /api/v1/tracks/{id}/hls/{rung}/index.m3u8",
            "GET /api/v1/tracks/{id}/hls/{rung}/init.mp4",
            "GET /api/v1/tracks/{id}/hls/{rung}/{segment}.m4s",
            "GET /api/v1/tracks/{id}/likes",
            "GET /api/v1/tracks/{id}/stats",
            "GET /api/v1/tracks/{id}/stream",
            "GET /api/v1/tracks/{id}/waveform",
            "GET /api/v1/users/by-username/{username}",
            "GET /api/v1/users/{id}",
            "GET /api/playlist/{id}/",
            "GET /api/songs/{id}/play/",
            "POST /api/songs/{id}/play/",
            "GET /media/artwork/{id}",
            "GET /media/avatars/{file}",
            "GET /media/covers/{file}",
            "GET /media/songs/{number}/{name}",
            "GET /media/waveforms/{id}",
            "GET /musewave/albums/{id}",
            "GET /musewave/tracks/{id}/",
            "GET /musewave/tracks/{id}/stats/",
            "GET /musewave/users/username/{username}/",
            "GET /musewave/users/{id}/",
            "GET /musewave/users/{userId}/albums");

    /** Those of them at which a key's scopes do not matter: they look at nobody's identity. */
    private static final Set<String> FOR_NOBODY = Set.of(
            "GET /api/auth/reset-password/{token}/",
            "POST /api/auth/reset-password/{token}/",
            "GET /api/auth/verify-email/{token}/",
            "GET /media/avatars/{file}");

    /** What everybody may see: what a person shows of themselves, and a form that says nothing. */
    private static final Set<String> SHOWN = Set.of(
            "GET /api/auth/reset-password/{token}/",
            "GET /api/v1/users/by-username/{username}",
            "GET /api/v1/users/{id}",
            "GET /musewave/users/username/{username}/",
            "GET /musewave/users/{id}/",
            // an empty list: what is in it is nobody's business
            "GET /musewave/users/{userId}/albums");

    /** Something for every field that is needed anywhere, so that bodies are not what is refused. */
    private static final Map<String, Object> BODY = Map.of(
            "title",
            "Mine",
            "content",
            "Mine",
            "display_name",
            "Mine",
            "roles",
            List.of("user"),
            "user_id",
            UUID.randomUUID(),
            "permission",
            "read",
            "track_id",
            UUID.randomUUID(),
            "track_ids",
            List.of(UUID.randomUUID()),
            "new_password",
            "Another-horse-8",
            "confirm_password",
            "Another-horse-8");

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}/]+}");

    private final Platform platform = Platform.get();
    private final String secret = "hush" + UUID.randomUUID().toString().replace("-", "");

    private record Operation(String method, String template, String path, boolean scoped) {
        String name() {
            return method + " " + template;
        }
    }

    @Test
    void whatIsPrivateIsNobodyElsesBusinessOnAnyRoute() {
        Account ann = Account.register(platform);
        Account bob = Account.register(platform);
        List<Operation> operations = operations(thingsOf(ann));
        assertThat(operations).hasSizeGreaterThan(50);
        assertThat(operations.stream().map(Operation::name)).containsAll(OPEN);
        Api other = platform.anonymous().as(key(ann, "webhooks:read"));
        Api webhooksNot = platform.anonymous().as(key(ann, "playlists:read"));
        List<String> wrong = new ArrayList<>();
        for (Operation operation : operations) {
            boolean open = OPEN.contains(operation.name());
            Set<Integer> refused = SHOWN.contains(operation.name()) ? Set.of(200) : Set.of(400, 403, 404);
            check(wrong, "anonymous", operation, send(platform.anonymous(), operation), open ? refused : Set.of(401));
            check(wrong, "stranger", operation, send(bob.api(), operation), refused);
            if (!FOR_NOBODY.contains(operation.name())) {
                Api key = operation.template().contains("webhooks") ? webhooksNot : other;
                check(wrong, "key without the scope", operation, send(key, operation), Set.of(403));
            }
        }
        assertThat(wrong).isEmpty();

        // nothing of it has happened
        assertThat(ann.api().get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(platform.anonymous().get("/api/v1/users/" + ann.id()).text()).doesNotContain("Mine");
        Api admin = platform.administrator();
        for (Operation operation : operations) {
            Api.Answer answer = send(admin, operation);
            if (answer.status() >= 500) {
                wrong.add("administrator: " + operation.name() + " " + answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void check(List<String> wrong, String who, Operation operation, Api.Answer answer, Set<Integer> expected) {
        if (!expected.contains(answer.status()) || answer.text().contains(secret)) {
            wrong.add(who + ": " + operation.name() + " " + answer.status() + " " + answer.text());
        }
    }

    private static Api.Answer send(Api api, Operation operation) {
        if (operation.template().endsWith("/avatar") && operation.method().equals("POST")) {
            return api.upload(operation.path(), "avatar", "me.png", new byte[8], Map.of());
        }
        return operation.method().equals("GET") || operation.method().equals("DELETE")
                ? api.send(operation.method(), operation.path(), BodyPublishers.noBody())
                : api.send(
                        operation.method(),
                        operation.path(),
                        BodyPublishers.ofString(Api.JSON.writeValueAsString(BODY)),
                        "Content-Type",
                        "application/json");
    }

    /** From the description, those that delete last. */
    private List<Operation> operations(Map<String, String> things) {
        List<Operation> operations = new ArrayList<>();
        JsonNode paths =
                platform.anonymous().get("/swagger/doc.json").expect(200).json().path("paths");
        paths.properties().forEach(path -> {
            if (path.getKey().contains("{")) {
                path.getValue().properties().forEach(operation -> {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    operations.add(new Operation(
                            method,
                            path.getKey(),
                            filled(path.getKey(), things),
                            operation.getValue().has("x-scope")));
                });
            }
        });
        operations.sort(
                Comparator.comparing((Operation operation) -> operation.method().equals("DELETE"))
                        .thenComparing(operation -> operation.template().equals("/api/v1/users/{id}")));
        return operations;
    }

    /** Longest beginning first; what is none of these is something that nobody has. */
    private static String filled(String template, Map<String, String> things) {
        String known = things.keySet().stream()
                .filter(template::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
        String path = known == null ? template : things.get(known) + template.substring(known.length());
        return VARIABLE.matcher(path).replaceAll(missing -> UUID.randomUUID().toString());
    }

    /** Private things, all of which have the secret in them, by the templates that lead to them. */
    private Map<String, String> thingsOf(Account ann) {
        Api api = ann.api();
        Map<String, String> things = new HashMap<>();
        String generation = api.post(
                        "/v1/ai/generate",
                        Map.of(
                                "parameters",
                                Map.of("prompt", "calm piano " + secret, "duration", 30),
                                "metadata",
                                Map.of("title", secret)))
                .expect(202)
                .data()
                .path("generation_id")
                .asString();
        long file = api.upload("/api/vocal/separate/", "audio_file", secret + ".wav", Sounds.song(0.5), Map.of())
                .expect(200)
                .json()
                .path("file_id")
                .asLong();
        String track = ann.uploadedTrack(Sounds.song(0.5), secret);
        String comment = api.post("/api/v1/tracks/" + track + "/comments", Map.of("content", secret))
                .expect(201)
                .data()
                .path("comment")
                .path("id")
                .asString();
        api.put("/api/v1/tracks/" + track, Map.of("is_public", false)).expect(200);
        long number = api.get("/api/songs/")
                .expect(200)
                .json()
                .path("results")
                .get(0)
                .path("id")
                .asLong();
        String album = api.post("/musewave/albums", Map.of("title", secret, "track_ids", List.of(track)))
                .expect(201)
                .json()
                .path("id")
                .asString();
        String playlist = api.post("/api/v1/playlists", Map.of("title", secret, "is_public", false))
                .expect(201)
                .data()
                .path("playlist")
                .path("id")
                .asString();
        api.post("/api/v1/playlists/" + playlist + "/tracks", Map.of("track_id", track))
                .expect(200);
        long playlistNumber = first(api, "/api/playlists/");
        long playlistSong = first(api, "/api/playlist-songs/");
        JsonNode webhook = api.post(
                        "/api/v1/webhooks",
                        Map.of("url", "http://127.0.0.1:9/" + secret, "events", List.of("track.uploaded")))
                .expect(201)
                .data();
        String key = api.post("/api/v1/api-keys", Map.of("name", secret, "scopes", List.of("tracks:read")))
                .expect(201)
                .data()
                .path("api_key")
                .path("id")
                .asString();
        String session = api.get("/api/v1/sessions")
                .expect(200)
                .data()
                .path("sessions")
                .get(0)
                .path("id")
                .asString();
        api.put("/api/v1/users/" + ann.id(), Map.of("first_name", secret)).expect(200);
        JsonNode song = done(() -> api.get("/v1/ai/generations/" + generation).data());
        JsonNode separated =
                done(() -> api.get("/api/vocal/files/" + file + "/status/").json());

        things.put("/api/v1/tracks/{id}", "/api/v1/tracks/" + track);
        things.put("/api/v1/analytics/tracks/{id}", "/api/v1/analytics/tracks/" + track);
        things.put("/api/v1/tracks/quota/{userId}", "/api/v1/tracks/quota/" + ann.id());
        things.put("/api/v1/comments/{id}", "/api/v1/comments/" + comment);
        things.put("/api/v1/playlists/{id}", "/api/v1/playlists/" + playlist);
        things.put("/api/playlists/{id}", "/api/playlists/" + playlistNumber);
        things.put("/api/playlist/{id}", "/api/playlist/" + playlistNumber);
        things.put("/api/playlist-songs/{id}", "/api/playlist-songs/" + playlistSong);
        things.put(
                "/api/v1/webhooks/{id}",
                "/api/v1/webhooks/"
                        + webhook.path("webhook")
                                .path("id")
                                .asString(webhook.path("id").asString()));
        things.put("/api/v1/api-keys/{id}", "/api/v1/api-keys/" + key);
        things.put("/api/v1/sessions/{id}", "/api/v1/sessions/" + session);
        things.put("/api/v1/users/{id}", "/api/v1/users/" + ann.id());
        things.put("/api/v1/users/by-username/{username}", "/api/v1/users/by-username/" + ann.username());
        things.put("/api/v1/admin/users/{id}", "/api/v1/admin/users/" + ann.id());
        things.put("/api/songs/{id}", "/api/songs/" + number);
        things.put("/media/songs/{number}/{name}", "/media/songs/" + number + "/song.wav");
        things.put("/musewave/tracks/{id}", "/musewave/tracks/" + track);
        things.put("/musewave/albums/{id}", "/musewave/albums/" + album);
        things.put("/musewave/users/{userId}", "/musewave/users/" + ann.id());
        things.put("/musewave/users/{id}", "/musewave/users/" + ann.id());
        things.put("/musewave/users/username/{username}", "/musewave/users/username/" + ann.username());
        things.put("/v1/ai/generations/{id}", "/v1/ai/generations/" + generation);
        things.put(
                "/v1/ai/tracks/{trackId}/download",
                path(song.path("audio_files").get(0).path("url").asString()));
        things.put("/api/vocal/files/{id}", "/api/vocal/files/" + file);
        things.put(
                "/media/uploads/vocal_separation/{folder}/{number}/{filename}",
                path(separated.path("vocals_url").asString()));
        return things;
    }

    /** The number of the first row of a list. */
    private static long first(Api api, String path) {
        return api.get(path)
                .expect(200)
                .json()
                .path("results")
                .get(0)
                .path("id")
                .asLong();
    }

    private static JsonNode done(Supplier<JsonNode> status) {
        return await().atMost(Duration.ofSeconds(120))
                .until(status::get, now -> now.path("status").asString().equals("completed"));
    }

    /** Without what signs it. */
    private static String path(String url) {
        return URI.create(url).getPath();
    }

    private static String key(Account account, String scope) {
        return account.api()
                .post("/api/v1/api-keys", Map.of("name", "other", "scopes", List.of(scope)))
                .expect(201)
                .data()
                .path("secret")
                .asString();
    }
}
