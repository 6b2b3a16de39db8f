package dev.cadenza.catalog.search.messaging;

import dev.cadenza.catalog.search.Playlists;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the local copy of the playlists. */
@Component
final class PlaylistListener implements EventHandler {

    private final Playlists playlists;

    PlaylistListener(Playlists playlists) {
        this.playlists = playlists;
    }

    @Override
    public Set<String> topics() {
        return Set.of("playlist.playlist.v1");
    }

    @Override
    public String group() {
        return "catalog.playlists";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "playlist.playlist.created",
                    "playlist.playlist.updated",
                    "playlist.playlist.track_added",
                    "playlist.playlist.track_removed" -> {
                PlaylistSnapshot playlist = event.dataAs(PlaylistSnapshot.class);
                yield playlists.put(
                        new Playlists.Playlist(
                                playlist.playlistId(),
                                playlist.ownerId(),
                                playlist.title(),
                                playlist.description(),
                                playlist.isPublic(),
                                Objects.requireNonNullElse(playlist.collaboratorIds(), List.of()),
                                playlist.trackIds().size()),
                        event.seq());
            }
            case "playlist.playlist.deleted" ->
                playlists.remove(event.dataAs(PlaylistSnapshot.class).playlistId(), event.seq());
            default -> Mono.empty();
        };
    }
}
