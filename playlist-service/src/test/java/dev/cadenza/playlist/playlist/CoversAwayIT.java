package dev.cadenza.playlist.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.playlist.PlaylistIT;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

/** Pictures while the object store is away. */
class CoversAwayIT extends PlaylistIT {

    @Autowired
    private Playlists playlists;

    /** Everything that is asked of the store fails. */
    private final Covers away = (Covers) Proxy.newProxyInstance(
            Covers.class.getClassLoader(),
            new Class<?>[] {Covers.class},
            (proxy, method, arguments) -> Mono.error(Failure.unavailable("storage.unavailable", "Away.", 5)));

    @Test
    void noPlaylistIsMadeAndNoneChangesWithAPictureThatCannotBeStored() {
        UUID owner = Ids.next();
        CreatePlaylist create = new CreatePlaylist(playlists, away, Clock.systemUTC(), Ids.timeOrdered());
        PlaylistFacts facts = new PlaylistFacts("Pictured", null, true);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() ->
                        create.create(owner, "ada", facts, Path.of("picture")).block())
                .matches(e -> e.failure() instanceof Failure.Unavailable);
        PlaylistFilter own = new PlaylistFilter(owner, owner, null, null);
        assertThat(playlists
                        .browse(own, Paging.page(1, 1))
                        .blockOptional()
                        .orElseThrow()
                        .total())
                .isZero();

        UUID id = create.create(owner, "ada", facts, null)
                .blockOptional()
                .orElseThrow()
                .id();
        UpdatePlaylist update = new UpdatePlaylist(playlists, away, Clock.systemUTC());
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> update.update(
                                id,
                                owner,
                                new PlaylistFacts("Renamed", null, null),
                                new UpdatePlaylist.CoverChange(Path.of("picture")))
                        .block())
                .matches(e -> e.failure() instanceof Failure.Unavailable);
        assertThat(playlists.find(id).blockOptional().orElseThrow().state().title())
                .isEqualTo("Pictured");
    }
}
