package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** What databases and parsers stumble over, in every field of every body of songs, tracks and albums. */
class HostileFieldsTests extends LibraryTests {

    private static final List<@Nullable Object> VALUES = Arrays.asList(
            Map.of("$gt", ""),
            List.of(),
            List.of(Map.of("$regex", ".*")),
            Arrays.asList(null, 1, "x"),
            null,
            0,
            -1,
            1e300,
            -0.0,
            Long.MAX_VALUE,
            BigInteger.TEN.pow(400),
            true,
            "",
            "$where",
            "\u0000",
            "\u202e\ufeff",
            "\ud800",
            "-999999999-01-01",
            "https://[::1",
            "https://exa mple.com/\r\nX: y",
            "x".repeat(200_000));

    @Test
    void everyFieldBearsEverything() {
        String track = send(HttpMethod.POST, "/musewave/tracks/create/", ada, track())
                .expect(201)
                .json()
                .path("id")
                .asString();
        String album = send(HttpMethod.POST, "/musewave/albums", ada, album())
                .expect(201)
                .json()
                .path("id")
                .asString();
        long song = form(HttpMethod.POST, "/api/songs/", ada, "file", TestAudio.wav(), "title", "Song")
                .expect(201)
                .json()
                .path("id")
                .asLong();
        List<String> wrong = new ArrayList<>();
        for (Object value : VALUES) {
            track().keySet().forEach(field -> {
                check(wrong, HttpMethod.POST, "/musewave/tracks/create/", track(), field, value);
                check(wrong, HttpMethod.PATCH, "/musewave/tracks/" + track + "/update/", Map.of(), field, value);
            });
            album().keySet().forEach(field -> {
                check(wrong, HttpMethod.POST, "/musewave/albums", album(), field, value);
                check(wrong, HttpMethod.PATCH, "/musewave/albums/" + album + "/update", Map.of(), field, value);
            });
            for (String field : List.of("title", "genre", "public", "file")) {
                check(wrong, HttpMethod.POST, "/api/songs/", Map.of("title", "Other"), field, value);
                check(wrong, HttpMethod.PUT, "/api/songs/" + song + "/", Map.of("title", "Song"), field, value);
                check(wrong, HttpMethod.PATCH, "/api/songs/" + song + "/", Map.of(), field, value);
            }
        }
        assertThat(wrong).isEmpty();
        get("/musewave/tracks/" + track, ada).expect(200);
        get("/musewave/albums/" + album, ada).expect(200);
        get("/api/songs/", ada).expect(200);
    }

    private void check(
            List<String> wrong,
            HttpMethod method,
            String path,
            Map<String, Object> body,
            String field,
            @Nullable Object value) {
        Map<String, @Nullable Object> hostile = new HashMap<>(body);
        hostile.put(field, value);
        Answer answer = send(method, path, ada, hostile);
        if (answer.status() >= 500) {
            String shown = String.valueOf(value);
            wrong.add(method + " " + path + " " + field + "=" + shown.substring(0, Math.min(40, shown.length())) + ": "
                    + answer.text());
        }
    }

    private static Map<String, Object> track() {
        Map<String, Object> track = new HashMap<>();
        for (String field :
                List.of("title", "artist", "artist_slug", "description", "genre", "mood", "key", "cover_gradient")) {
            track.put(field, "Fine");
        }
        track.put("tags", List.of("one", "two"));
        track.put("bpm", 120);
        track.put("audio_url", "https://example.com/a.mp3");
        track.put("cover_url", "https://example.com/a.jpg");
        track.put("audio_file_size", 1);
        track.put("audio_duration", 1.5);
        track.put("audio_format", "mp3");
        track.put("published", true);
        return track;
    }

    private static Map<String, Object> album() {
        Map<String, Object> album = new HashMap<>();
        for (String field : List.of("title", "artist", "description", "genre", "cover_gradient")) {
            album.put(field, "Fine");
        }
        album.put("cover_url", "https://example.com/a.jpg");
        album.put("release_date", "2024-06-01T00:00:00Z");
        album.put("published", true);
        album.put("track_ids", List.of());
        return album;
    }
}
