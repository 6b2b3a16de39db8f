package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The owner or a collaborator who may write changes the order of a playlist. */
public final class ReorderTracks {

    private final Playlists playlists;
    private final Clock clock;

    public ReorderTracks(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Outcome {

        /** The order is the one that was asked for. */
        record Reordered(String orderVersion) implements Outcome {}

        /** Somebody else was there meanwhile: nothing changed. */
        record Stale(List<UUID> trackIds, String orderVersion) implements Outcome {}
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when the playlist is not the user's to write, with
     * {@link Failure.Invalid} when an id is named twice.
     *
     * @param seen as in {@link Playlist#reorder}
     */
    public Mono<Outcome> reorder(UUID id, UUID user, List<UUID> trackIds, @Nullable String seen) {
        return playlists
                .change(
                        id,
                        playlist -> playlist.open(user, Permission.WRITE)
                                .reorder(trackIds, seen, user, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .map(playlist -> {
                    List<UUID> order = playlist.state().order(user);
                    String version = playlist.state().orderVersion(user);
                    return order.equals(trackIds) ? new Outcome.Reordered(version) : new Outcome.Stale(order, version);
                });
    }
}
