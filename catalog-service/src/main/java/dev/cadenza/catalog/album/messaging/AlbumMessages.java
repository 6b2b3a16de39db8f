package dev.cadenza.catalog.album.messaging;

import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.AlbumDetails;
import dev.cadenza.catalog.album.AlbumEvent;
import dev.cadenza.contracts.catalog.v1.AlbumSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What albums tell others. */
@Configuration(proxyBeanMethods = false)
class AlbumMessages {

    @Bean
    BiFunction<Versioned<Album>, AlbumEvent, EventMessage> albumTranslator() {
        return (album, event) -> switch (event) {
            case AlbumEvent.Created created -> message("catalog.album.created", snapshot(album));
            case AlbumEvent.Updated updated -> message("catalog.album.updated", snapshot(album));
            case AlbumEvent.Deleted deleted -> message("catalog.album.deleted", snapshot(album));
            case AlbumEvent.Erased erased -> message("catalog.album.deleted", withoutWords(album));
        };
    }

    private static EventMessage message(String type, AlbumSnapshot album) {
        return new EventMessage(type, 1, album);
    }

    private static AlbumSnapshot snapshot(Versioned<Album> album) {
        Album state = album.state();
        AlbumDetails details = state.details();
        return new AlbumSnapshot(
                album.id(),
                state.ownerId(),
                state.ownerUsername(),
                details.title(),
                details.artist(),
                details.genre(),
                details.description(),
                details.coverUrl(),
                details.releaseDate(),
                details.isPublic(),
                state.trackIds(),
                state.createdAt());
    }

    /** The last word about an album stays on its topic for ever. */
    private static AlbumSnapshot withoutWords(Versioned<Album> album) {
        Album state = album.state();
        return new AlbumSnapshot(
                album.id(), state.ownerId(), "", "", "", null, null, null, null, false, List.of(), state.createdAt());
    }
}
