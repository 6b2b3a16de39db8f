package dev.cadenza.playlist.playlist;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A track was added: an entry that came from another playlist leaves that one. Harmless to repeat. */
public final class SettleEntry {

    private final Playlists playlists;
    private final Clock clock;

    public SettleEntry(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /** Completes when the entry with this track is in no other playlist. */
    public Mono<Void> settle(UUID playlistId, UUID trackId) {
        return playlists
                .find(playlistId)
                .flatMap(playlist -> Mono.justOrEmpty(playlist.state().entryOf(trackId)))
                .flatMapMany(entry -> playlists
                        .holding(entry.number())
                        // where it was put later it stays
                        .filter(other -> !other.id().equals(playlistId)
                                && other.state()
                                        .entry(entry.number())
                                        .filter(there -> there.addedAt().isBefore(entry.addedAt()))
                                        .isPresent())
                        .concatMap(other -> playlists.change(
                                other.id(),
                                state -> state.drop(
                                        entry.number(), clock.instant().truncatedTo(ChronoUnit.MILLIS)))))
                .then();
    }
}
