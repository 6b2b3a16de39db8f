package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The same story told through each dialect leaves the same in all of them: upload, list, update, hide, delete. */
class ThreeDialectsE2E {

    private static final byte[] SOUND = Sounds.song(1);
    private static final String LINK = "https://example.com/one.wav";

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);
    private final Account bob = Account.register(platform);

    enum Dialect {
        VEZA("is_public"),
        AUDIONOVA("public"),
        MUSEWAVE("published");

        final String publicKey;

        Dialect(String publicKey) {
            this.publicKey = publicKey;
        }
    }

    /** What all dialects say of a track. */
    private record Shown(String title, String genre, boolean isPublic) {}

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsDoneInOneDialectIsSeenInAll(Dialect dialect) {
        upload(dialect);
        String id = ann.api()
                .get("/musewave/tracks/?userId=" + ann.id())
                .expect(200)
                .json()
                .get(0)
                .path("id")
                .asString();
        long number = ann.api()
                .get("/api/songs/")
                .expect(200)
                .json()
                .path("results")
                .get(0)
                .path("id")
                .asLong();
        assertShown(id, number, ann, new Shown("One", "Jazz", true));
        assertShown(id, number, bob, new Shown("One", "Jazz", true));
        assertPlays(id, number, bob);

        change(dialect, id, number, Map.of("title", "Two", "genre", "Blues"));
        assertShown(id, number, bob, new Shown("Two", "Blues", true));

        Map<String, Object> hiding = new LinkedHashMap<>(Map.of("title", "Two"));
        hiding.put(dialect.publicKey, false);
        change(dialect, id, number, hiding);
        assertShown(id, number, ann, new Shown("Two", "Blues", false));
        assertAbsent(id, number, bob);
        assertPlays(id, number, ann);

        switch (dialect) {
            case VEZA -> ann.api().delete("/api/v1/tracks/" + id).expect(200);
            case AUDIONOVA -> ann.api().delete("/api/songs/" + number + "/").expect(204);
            case MUSEWAVE ->
                ann.api().delete("/musewave/tracks/" + id + "/delete/").expect(200);
        }
        assertAbsent(id, number, ann);
        assertThat(rows(Dialect.VEZA)).isEmpty();
        assertThat(rows(Dialect.AUDIONOVA)).isEmpty();
        assertThat(rows(Dialect.MUSEWAVE)).isEmpty();
    }

    private void upload(Dialect dialect) {
        Map<String, String> said = Map.of("title", "One", "genre", "Jazz");
        switch (dialect) {
            case VEZA ->
                ann.api()
                        .upload("/api/v1/tracks", "file", "one.wav", SOUND, said)
                        .expect(201);
            case AUDIONOVA ->
                ann.api().upload("/api/songs/", "file", "one.wav", SOUND, said).expect(201);
            case MUSEWAVE ->
                ann.api()
                        .post(
                                "/musewave/tracks/create/",
                                Map.of("title", "One", "genre", "Jazz", "audio_url", LINK, "published", true))
                        .expect(201);
        }
    }

    private void change(Dialect dialect, String id, long number, Map<String, Object> change) {
        switch (dialect) {
            case VEZA -> ann.api().put("/api/v1/tracks/" + id, change).expect(200);
            case AUDIONOVA ->
                ann.api().put("/api/songs/" + number + "/", change).expect(200);
            case MUSEWAVE ->
                ann.api().patch("/musewave/tracks/" + id + "/update/", change).expect(200);
        }
    }

    private void assertShown(String id, long number, Account viewer, Shown expected) {
        Api api = viewer.api();
        assertThat(List.of(
                        shown(api.get("/api/v1/tracks/" + id).expect(200).data().path("track"), Dialect.VEZA),
                        shown(api.get("/api/songs/" + number + "/").expect(200).json(), Dialect.AUDIONOVA),
                        shown(
                                api.get("/musewave/tracks/" + id + "/")
                                        .expect(200)
                                        .json(),
                                Dialect.MUSEWAVE)))
                .containsOnly(expected);
        for (Dialect dialect : Dialect.values()) {
            assertThat(rows(dialect))
                    .singleElement()
                    .satisfies(row -> assertThat(shown(row, dialect)).isEqualTo(expected));
        }
    }

    private void assertAbsent(String id, long number, Account viewer) {
        for (String path : List.of(
                "/api/v1/tracks/" + id,
                "/api/v1/tracks/" + id + "/stream",
                "/api/songs/" + number + "/",
                "/api/songs/" + number + "/play/",
                "/media/songs/" + number + "/two.wav",
                "/musewave/tracks/" + id + "/")) {
            viewer.api().get(path).expect(404);
        }
    }

    /** Sends on, where the audio is kept elsewhere. */
    private void assertPlays(String id, long number, Account listener) {
        for (String path : List.of(
                "/api/v1/tracks/" + id + "/stream",
                "/api/songs/" + number + "/play/",
                "/media/songs/" + number + "/one.wav")) {
            Api.Answer answer = listener.api().get(path);
            if (answer.status() == 302) {
                assertThat(answer.header("Location")).isEqualTo(LINK);
            } else {
                assertThat(answer.expect(200).bytes()).isEqualTo(SOUND);
            }
        }
    }

    /** As their owner lists them. */
    private JsonNode rows(Dialect dialect) {
        return switch (dialect) {
            case VEZA ->
                ann.api()
                        .get("/api/v1/tracks?user_id=" + ann.id())
                        .expect(200)
                        .data()
                        .path("tracks");
            case AUDIONOVA -> ann.api().get("/api/songs/").expect(200).json().path("results");
            case MUSEWAVE ->
                ann.api()
                        .get("/musewave/tracks/?userId=" + ann.id())
                        .expect(200)
                        .json();
        };
    }

    private static Shown shown(JsonNode row, Dialect dialect) {
        return new Shown(
                row.path("title").asString(),
                row.path("genre").asString(),
                row.path(dialect.publicKey).asBoolean());
    }
}
