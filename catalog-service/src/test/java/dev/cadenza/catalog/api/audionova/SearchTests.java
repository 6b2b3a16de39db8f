package dev.cadenza.catalog.api.audionova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.testing.DocumentedJson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class SearchTests extends LibraryTests {

    private final String word = "n" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void findsPublicSongsByTitleAndGenre() {
        song(word + " lo-fi beat", "Lofi", true);
        song(word + " rock", "Rock", true);
        song(word + " hidden", "Lofi", false);
        JsonNode found = found("?title=" + word + "&genre=lofi");
        assertThat(titles(found)).containsExactly(word + " lo-fi beat");
        DocumentedJson.assertShape(
                found.path("results").get(0).toString(),
                "{\"id\": 2, \"title\": \"clam lo-fi beat\", \"genre\": \"lofi\", \"file\": \"/media/uploads/clam lo-fi.mp3\", \"public\": true}");
        assertThat(titles(found("?title=" + word))).containsExactlyInAnyOrder(word + " lo-fi beat", word + " rock");
        assertThat(titles(found("?title=LOFI%20" + word))).containsExactly(word + " lo-fi beat");
        assertThat(titles(found("?title=" + word.replaceFirst("n", "nn") + "&genre=rock")))
                .isEmpty();
    }

    @Test
    void whoIsAskedForATitleDoesNotAnswerWithArtistsOrGenres() {
        song(word, "Jazz", true);
        assertThat(titles(found("?title=" + word + "%20jazz"))).isEmpty();
    }

    @Test
    void ownersDoNotFindTheirPrivateSongsHereEither() {
        song(word, "Jazz", false);
        assertThat(titles(
                        get("/api/search-songs/?title=" + word, ada).expect(200).json()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?title=", "?genre=", "?title=%00", "?title=%22%5C*%20OR%20*:*", "?page=last"})
    void answersWithAPageWhateverIsAsked(String query) {
        JsonNode page = found(query);
        assertThat(page.has("count")).isTrue();
        assertThat(page.path("results").isArray()).isTrue();
    }

    @Test
    void aPageThatIsNotThereIsNotFound() {
        assertThat(get("/api/search-songs/?title=" + word + "&page=2", null)
                        .expect(404)
                        .json())
                .isEqualTo(json("{\"detail\":\"Invalid page.\"}"));
    }

    private JsonNode found(String query) {
        return get("/api/search-songs/" + query, null).expect(200).json();
    }

    private static List<String> titles(JsonNode page) {
        return page.path("results")
                .valueStream()
                .map(song -> song.path("title").asString())
                .toList();
    }

    private void song(String title, String genre, boolean isPublic) {
        form(
                        HttpMethod.POST,
                        "/api/songs/",
                        ada,
                        "file",
                        TestAudio.wav(),
                        "title",
                        title,
                        "genre",
                        genre,
                        "public",
                        Boolean.toString(isPublic))
                .expect(201);
    }
}
