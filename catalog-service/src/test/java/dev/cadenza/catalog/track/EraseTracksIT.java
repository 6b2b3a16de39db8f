package dev.cadenza.catalog.track;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@CatalogIntegrationTest
class EraseTracksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    Tracks tracks;

    @Autowired
    TrackFiles files;

    @Autowired
    Streams streams;

    @Autowired
    Downloads downloads;

    @Autowired
    EraseTracks eraseTracks;

    @Autowired
    MongoDatabase database;

    @TempDir
    Path folder;

    @Test
    void theTracksOfADeletedAccountGoWithTheirBytesAndItsListeningsAndDownloadsAreNobodys() throws IOException {
        UUID account = Ids.next();
        UUID other = Ids.next();
        UUID first = stored(account);
        UUID second = stored(account);
        UUID kept = stored(other);
        listened(kept, other, account);
        listened(first, account, other);
        downloads
                .add(Ids.next(), new Downloads.Started(kept, other, account, Instant.now()))
                .block();

        Published.account(account, "ada", "updated", 1);
        Published.account(account, "ada", "deleted", 2);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(tracks.find(first).blockOptional()).isEmpty();
            assertThat(tracks.find(second).blockOptional()).isEmpty();
            assertThat(storedIds()).doesNotContain(first, second);
            assertThat(noted("stream", account)).isZero();
            assertThat(noted("download", account)).isZero();
        });
        assertThat(tracks.find(kept).blockOptional()).isPresent();
        assertThat(storedIds()).contains(kept);
        assertThat(noted("stream", other)).isEqualTo(1);
        assertThat(downloads.of(kept).blockOptional()).contains(1L);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on("catalog.track.v1", message -> about(message, first)))
                        .last()
                        .satisfies(message -> {
                            assertThat(message.path("type").asString()).isEqualTo("catalog.track.deleted");
                            assertThat(message.toString()).doesNotContain("\"ada\"", "Song");
                        }));
    }

    @Test
    void nothingHappensToAnAccountThatOnlyChanged() throws IOException {
        UUID account = Ids.next();
        UUID track = stored(account);
        Published.account(account, "ada", "updated", 1);
        UUID deleted = Ids.next();
        UUID gone = stored(deleted);
        Published.account(deleted, "ada", "deleted", 1);
        await().atMost(PATIENCE).until(() -> tracks.find(gone).blockOptional().isEmpty());
        assertThat(tracks.find(track).blockOptional()).isPresent();
    }

    @Test
    void erasingGoesOnWhereItWasCutOff() throws IOException {
        UUID account = Ids.next();
        List<UUID> all = List.of(stored(account), stored(account), stored(account));
        // the process dies after the first of them
        tracks.removeAllOf(account, new TrackEvent.Erased()).next().block();
        eraseTracks.erase(account).block();
        eraseTracks.erase(account).block();
        for (UUID id : all) {
            assertThat(tracks.find(id).blockOptional()).isEmpty();
        }
    }

    private static boolean about(JsonNode message, UUID track) {
        return message.path("data").path("trackId").asString().equals(track.toString());
    }

    private void listened(UUID track, UUID owner, UUID listener) {
        streams.add(Ids.next(), new Streams.Started(track, owner, listener, 1, Instant.now()))
                .block();
    }

    private long noted(String collection, UUID listener) {
        return Mono.from(database.getCollection(collection).countDocuments(eq("fact.listenerId", listener)))
                .blockOptional()
                .orElseThrow();
    }

    private UUID stored(UUID owner) throws IOException {
        UUID id = Ids.next();
        byte[] bytes = TestAudio.wav();
        Path file = Files.write(folder.resolve(id.toString()), bytes);
        String etag = files.store(id, file, "audio/wav").blockOptional().orElseThrow();
        tracks.add(
                        id,
                        Track.uploaded(
                                owner,
                                "ada",
                                new TrackDetails("Song", "Ada", null, null, null, true),
                                new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1411, bytes.length),
                                etag,
                                Instant.now()))
                .block();
        return id;
    }

    private List<UUID> storedIds() {
        return files.storedBefore(Instant.now().plusSeconds(60))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }
}
