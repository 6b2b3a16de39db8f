package dev.cadenza.catalog.api.musewave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class SearchTests extends LibraryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PERSON = """
            {"id": "550e8400-e29b-41d4-a716-446655440000", "username": "johndoe", "email": null, "display_name": "John Doe",
            "bio": "Words", "avatar_url": "https://example.com/a.jpg", "header_url": "https://example.com/h.jpg",
            "location": "Here", "website": "https://example.com", "social_links": {"twitter": "a", "instagram": "b",
            "spotify": "c", "soundcloud": "d"}, "verified": true, "created_at": "2024-02-04T10:30:00Z",
            "updated_at": "2024-02-04T10:30:00Z"}""";

    private final String word = "m" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void aPersonWithATrack() {
        Published.event(
                "auth.user.v1",
                ada.id(),
                5,
                "auth.user.registered",
                new UserSnapshot(
                        ada.id(),
                        1,
                        "ada_" + word,
                        true,
                        List.of("user"),
                        Instant.now(),
                        "Ada L.",
                        "https://example.com/a.jpg",
                        new UserSnapshot.Profile(
                                "Words",
                                "https://example.com/h.jpg",
                                "Here",
                                "https://example.com",
                                "a",
                                "b",
                                "c",
                                "d",
                                Instant.now())),
                Instant.now());
        track("Summer " + word, true);
        await().atMost(PATIENCE)
                .until(() -> found("?q=" + word + "&type=users").path("users").size() == 1);
    }

    @Test
    void findsTracksAndUsersWithEveryKey() {
        JsonNode all = found("?q=summer%20" + word + "&type=all&limit=20");
        assertThat(all.path("tracks"))
                .singleElement()
                .satisfies(track -> assertThat(track.path("title").asString()).isEqualTo("Summer " + word));
        JsonNode users = found("?q=" + word).path("users");
        assertThat(users).hasSize(1);
        DocumentedJson.assertShape(users.get(0).toString(), PERSON);
        assertThat(users.get(0).path("email").isNull()).isTrue();
    }

    @Test
    void theTypeLimitsWhatIsFound() {
        assertThat(found("?q=" + word + "&type=tracks").path("users").isEmpty()).isTrue();
        assertThat(found("?q=" + word + "&type=tracks").path("tracks")).hasSize(1);
        assertThat(found("?q=" + word + "&type=users").path("tracks").isEmpty()).isTrue();
    }

    @Test
    void privateTracksAreFoundByTheirOwnersAlone() {
        track("Secret " + word, false);
        assertThat(found("?q=secret%20" + word).path("tracks").isEmpty()).isTrue();
        assertThat(get("/musewave/search/?q=secret%20" + word, ada)
                        .expect(200)
                        .json()
                        .path("tracks"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?q=", "?q=%20", "?q=x&type=albums", "?q=x&limit=0", "?q=x&limit=101", "?q=x&offset=-1"})
    void refusesWhatMakesNoSense(String query) {
        JsonNode refused = get("/musewave/search/" + query, null).expect(400).json();
        assertThat(refused.path("error").isString()).isTrue();
    }

    @Test
    void artistsAreUsersWhoHavePublishedTracks() {
        track("Secret " + word, false, bob);
        JsonNode artists = get("/musewave/artists/?limit=100", null).expect(200).json();
        List<String> ids =
                artists.valueStream().map(row -> row.path("id").asString()).toList();
        assertThat(ids).contains(ada.id().toString()).doesNotContain(bob.id().toString());
        DocumentedJson.assertShape(
                artists.valueStream()
                        .filter(row -> row.path("id").asString().equals(ada.id().toString()))
                        .findFirst()
                        .orElseThrow()
                        .toString(),
                PERSON);
        assertThat(get("/musewave/artists?limit=1&offset=1000000", null)
                        .expect(200)
                        .json()
                        .isEmpty())
                .isTrue();
        get("/musewave/artists?limit=x", null).expect(400);
    }

    @Test
    void onlyAdministratorsRebuildTheIndex() {
        send(HttpMethod.POST, "/musewave/search/rebuild/", null).expect(401);
        assertThat(send(HttpMethod.POST, "/musewave/search/rebuild/", ada)
                        .expect(403)
                        .json()
                        .has("message"))
                .isTrue();
        assertThat(send(HttpMethod.POST, "/musewave/search/rebuild", User.make("root", "admin"))
                        .expect(202)
                        .json())
                .isEqualTo(json("{\"success\":true}"));
        assertThat(found("?q=" + word).path("tracks")).hasSize(1);
    }

    @Test
    void operatorsAreToldWhenTheIndexIsRebuilt() {
        JsonNode rebuilt = send(HttpMethod.POST, "/internal/search/rebuild", null)
                .expect(200)
                .json();
        assertThat(rebuilt.path("things").asLong()).isPositive();
        assertThat(found("?q=" + word).path("tracks")).hasSize(1);
    }

    private JsonNode found(String query) {
        return get("/musewave/search/" + query, null).expect(200).json();
    }

    private void track(String title, boolean published) {
        track(title, published, ada);
    }

    private void track(String title, boolean published, User owner) {
        send(
                        HttpMethod.POST,
                        "/musewave/tracks/create/",
                        owner,
                        Map.of(
                                "title",
                                title,
                                "artist",
                                "Somebody",
                                "audio_url",
                                "https://example.com/a.mp3",
                                "published",
                                published))
                .expect(201);
    }
}
