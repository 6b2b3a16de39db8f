package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.auth.v1.UserSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class SearchControllerTests extends VezaTests {

    @Autowired
    List<EventHandler> handlers;

    private final String word = "s" + UUID.randomUUID().toString().replace("-", "");
    private final UUID playlist = UUID.randomUUID();
    private final UUID hidden = UUID.randomUUID();

    @BeforeEach
    void somethingOfEachKind() {
        uploaded(ada, TestAudio.wav(), "title", "Song " + word);
        hear("auth.user.v1", "auth.user.registered", bob.id(), 5, user("Zoë_" + word));
        hear("playlist.playlist.v1", "playlist.playlist.created", playlist, 5, list(playlist, "Best of " + word, true));
        hear("playlist.playlist.v1", "playlist.playlist.created", hidden, 5, list(hidden, "Secret " + word, false));
    }

    @Test
    void findsTracksPlaylistsAndUsersAtOnce() {
        JsonNode body = json(get("/api/v1/search?q=" + word.toUpperCase(), null)
                .expectStatus()
                .isOk());
        assertThat(body.path("success").asBoolean()).isTrue();
        JsonNode data = body.path("data");
        assertThat(data.path("tracks").size()).isEqualTo(1);
        assertThat(data.path("playlists").size()).isEqualTo(1);
        assertThat(data.path("playlists").get(0).path("id").asString()).isEqualTo(playlist.toString());
        assertThat(data.path("users").size()).isEqualTo(1);
        assertThat(data.path("users").get(0).path("username").asString()).isEqualTo("Zoë_" + word);
        assertThat(data.path("total").asInt()).isEqualTo(3);
    }

    @Test
    void showsOwnersWhatIsTheirs() {
        JsonNode data =
                json(get("/api/v1/search?q=" + word + "&type=playlists", ada)).path("data");
        assertThat(data.path("playlists").size()).isEqualTo(2);
        assertThat(data.path("tracks").isArray()).isTrue();
        assertThat(data.path("tracks").isEmpty()).isTrue();
        assertThat(data.path("users").isEmpty()).isTrue();
        assertThat(data.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsGoneAndIgnoresWhatIsOld() {
        hear("playlist.playlist.v1", "playlist.playlist.deleted", playlist, 7, list(playlist, "Best of " + word, true));
        hear("playlist.playlist.v1", "playlist.playlist.updated", playlist, 6, list(playlist, "Back " + word, true));
        hear("auth.user.v1", "auth.user.updated", bob.id(), 6, user("new_" + word));
        hear("auth.user.v1", "auth.user.registered", bob.id(), 5, user("Zoë_" + word));
        JsonNode data = json(get("/api/v1/search?q=" + word, null)).path("data");
        assertThat(data.path("playlists").isEmpty()).isTrue();
        assertThat(data.path("users").get(0).path("username").asString()).isEqualTo("new_" + word);
        hear("auth.user.v1", "auth.user.deleted", bob.id(), 8, user("new_" + word));
        assertThat(json(get("/api/v1/search?q=" + word + "&type=users", null))
                        .path("data")
                        .path("total")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void refusesAQueryThatMakesNoSense() {
        assertError(get("/api/v1/search", null), 400);
        assertError(get("/api/v1/search?q=", null), 400);
        assertError(get("/api/v1/search?q=x&type=songs", null), 400);
        assertError(get("/api/v1/search?q=x&limit=1000", null), 400);
        assertError(get("/api/v1/search?q={q}", null, "x".repeat(201)), 400);
    }

    @Test
    void findsNothingByCharactersThatNoTextHas() {
        for (String path : List.of("/api/v1/search?q={q}", "/api/v1/tracks/search?q={q}")) {
            get(path, null, "a\u0000b\\E\u0001").expectStatus().isOk();
            get(path, null, "\u0000").expectStatus().isOk();
        }
    }

    private UserSnapshot user(String name) {
        return new UserSnapshot(bob.id(), 7, name, true, List.of("user"), Instant.now());
    }

    private PlaylistSnapshot list(UUID id, String title, boolean isPublic) {
        return new PlaylistSnapshot(id, 1, ada.id(), title, "", isPublic, List.of(), null, Instant.now());
    }

    private void hear(String topic, String type, UUID id, long seq, Object data) {
        handlers.stream()
                .filter(handler -> handler.topics().contains(topic))
                .forEach(handler -> handler.handle(ReceivedEvent.of(
                                topic,
                                id,
                                new EventEnvelope<>(UUID.randomUUID(), seq, type, 1, Instant.now(), null, data)))
                        .block());
    }
}
