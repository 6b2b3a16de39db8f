package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** The same story told through each dialect leaves the same in all of them. */
class ThreeDialectsTests extends LibraryTests {

    private static final String LINK = "https://example.com/one.wav";

    enum Dialect {
        VEZA,
        AUDIONOVA,
        MUSEWAVE
    }

    /** A track under the names that the dialects have for it. */
    private record Names(String id, long number) {}

    /** What all dialects say of a track. */
    private record Shown(String title, String genre, boolean isPublic, long seconds) {}

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsDoneInOneDialectIsSeenInAll(Dialect dialect) {
        upload(dialect);
        Names names = names();
        assertAllShow(names, new Shown("One", "Jazz", true, 1));
        assertPlays(names, bob, 1);

        change(dialect, names, Map.of("title", "Two", "genre", "Blues"));
        assertAllShow(names, new Shown("Two", "Blues", true, 1));

        hide(dialect, names);
        assertThat(list(Dialect.VEZA, ada)).containsExactly(new Shown("Two", "Blues", false, 1));
        assertThat(list(Dialect.AUDIONOVA, ada)).containsExactly(new Shown("Two", "Blues", false, 1));
        assertThat(list(Dialect.MUSEWAVE, ada)).containsExactly(new Shown("Two", "Blues", false, 1));
        assertAbsent(names, bob);
        assertAbsent(names, null);
        assertPlays(names, ada, 1);

        delete(dialect, names);
        assertAbsent(names, ada);
        for (Dialect any : Dialect.values()) {
            assertThat(list(any, ada)).isEmpty();
        }
    }

    private void assertAllShow(Names names, Shown expected) {
        for (Dialect dialect : Dialect.values()) {
            assertThat(list(dialect, ada)).as(dialect.name()).containsExactly(expected);
            for (User viewer : new User[] {ada, bob}) {
                assertThat(shown(
                                dialect, one(dialect, names, viewer).expect(200).json()))
                        .as(dialect.name())
                        .isEqualTo(expected);
            }
        }
        assertThat(list(Dialect.VEZA, null)).containsExactly(expected);
        assertThat(list(Dialect.MUSEWAVE, null)).containsExactly(expected);
    }

    private void assertAbsent(Names names, @Nullable User viewer) {
        for (Dialect dialect : Dialect.values()) {
            if (viewer != null || dialect != Dialect.AUDIONOVA) {
                one(dialect, names, viewer).expect(404);
            }
            if (viewer != null && !viewer.equals(ada)) {
                send(method(dialect), changing(dialect, names), viewer, Map.of("title", "Mine"))
                        .expect(404);
                send(HttpMethod.DELETE, deleting(dialect, names), viewer).expect(404);
            }
        }
        for (String address : players(names)) {
            get(address, viewer).expect(404);
        }
    }

    /** Sends on, where the audio is kept elsewhere. */
    private void assertPlays(Names names, User viewer, int seconds) {
        for (String address : players(names)) {
            Answer answer = get(address, viewer);
            if (answer.status() == 302) {
                assertThat(answer.headers().getLocation()).hasToString(LINK);
            } else {
                assertThat(answer.expect(200).bytes()).isEqualTo(TestAudio.wav(seconds));
            }
        }
    }

    private static List<String> players(Names names) {
        return List.of(
                "/api/v1/tracks/" + names.id() + "/stream",
                "/api/songs/" + names.number() + "/play/",
                "/media/songs/" + names.number() + "/x.wav");
    }

    private void upload(Dialect dialect) {
        switch (dialect) {
            case VEZA ->
                form(HttpMethod.POST, "/api/v1/tracks", ada, "file", TestAudio.wav(1), "title", "One", "genre", "Jazz")
                        .expect(201);
            case AUDIONOVA ->
                form(HttpMethod.POST, "/api/songs/", ada, "file", TestAudio.wav(1), "title", "One", "genre", "Jazz")
                        .expect(201);
            case MUSEWAVE ->
                send(
                                HttpMethod.POST,
                                "/musewave/tracks/create/",
                                ada,
                                Map.of(
                                        "title",
                                        "One",
                                        "genre",
                                        "Jazz",
                                        "audio_url",
                                        LINK,
                                        "audio_duration",
                                        1,
                                        "published",
                                        true))
                        .expect(201);
        }
    }

    private Names names() {
        return new Names(
                get("/musewave/tracks/?userId=" + ada.id(), ada)
                        .expect(200)
                        .json()
                        .get(0)
                        .path("id")
                        .asString(),
                get("/api/songs/", ada)
                        .expect(200)
                        .json()
                        .path("results")
                        .get(0)
                        .path("id")
                        .asLong());
    }

    private void hide(Dialect dialect, Names names) {
        Map<String, Object> change = new LinkedHashMap<>(Map.of("title", "Two"));
        change.put(
                switch (dialect) {
                    case VEZA -> "is_public";
                    case AUDIONOVA -> "public";
                    case MUSEWAVE -> "published";
                },
                false);
        change(dialect, names, change);
    }

    private void change(Dialect dialect, Names names, Map<String, Object> change) {
        send(method(dialect), changing(dialect, names), ada, change).expect(200);
    }

    private void delete(Dialect dialect, Names names) {
        send(HttpMethod.DELETE, deleting(dialect, names), ada).expect(dialect == Dialect.AUDIONOVA ? 204 : 200);
    }

    private static HttpMethod method(Dialect dialect) {
        return dialect == Dialect.MUSEWAVE ? HttpMethod.PATCH : HttpMethod.PUT;
    }

    private static String changing(Dialect dialect, Names names) {
        return switch (dialect) {
            case VEZA -> "/api/v1/tracks/" + names.id();
            case AUDIONOVA -> "/api/songs/" + names.number() + "/";
            case MUSEWAVE -> "/musewave/tracks/" + names.id() + "/update/";
        };
    }

    private static String deleting(Dialect dialect, Names names) {
        return switch (dialect) {
            case VEZA -> "/api/v1/tracks/" + names.id();
            case AUDIONOVA -> "/api/songs/" + names.number() + "/";
            case MUSEWAVE -> "/musewave/tracks/" + names.id() + "/delete/";
        };
    }

    private Answer one(Dialect dialect, Names names, @Nullable User viewer) {
        return get(
                switch (dialect) {
                    case VEZA -> "/api/v1/tracks/" + names.id();
                    case AUDIONOVA -> "/api/songs/" + names.number() + "/";
                    case MUSEWAVE -> "/musewave/tracks/" + names.id() + "/";
                },
                viewer);
    }

    private List<Shown> list(Dialect dialect, @Nullable User viewer) {
        JsonNode rows =
                switch (dialect) {
                    case VEZA ->
                        get("/api/v1/tracks?user_id=" + ada.id(), viewer)
                                .expect(200)
                                .json()
                                .path("data")
                                .path("tracks");
                    case AUDIONOVA ->
                        get("/api/songs/", viewer).expect(200).json().path("results");
                    case MUSEWAVE ->
                        get("/musewave/tracks/?userId=" + ada.id(), viewer)
                                .expect(200)
                                .json();
                };
        List<Shown> shown = new ArrayList<>();
        rows.forEach(row -> shown.add(shown(dialect, row)));
        return shown;
    }

    private static Shown shown(Dialect dialect, JsonNode row) {
        return switch (dialect) {
            case VEZA -> {
                JsonNode track = row.has("data") ? row.path("data").path("track") : row;
                yield new Shown(
                        track.path("title").asString(),
                        track.path("genre").asString(),
                        track.path("is_public").asBoolean(),
                        track.path("duration").asLong());
            }
            case AUDIONOVA -> {
                String[] time = row.path("duration").asString().split(":");
                yield new Shown(
                        row.path("title").asString(),
                        row.path("genre").asString(),
                        row.path("public").asBoolean(),
                        Long.parseLong(time[0]) * 3600 + Long.parseLong(time[1]) * 60 + Long.parseLong(time[2]));
            }
            case MUSEWAVE ->
                new Shown(
                        row.path("title").asString(),
                        row.path("genre").asString(),
                        row.path("published").asBoolean(),
                        Math.round(row.path("audio_duration").asDouble()));
        };
    }
}
