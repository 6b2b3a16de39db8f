package dev.cadenza.catalog.album;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An account is gone: its albums go. */
@Component
public final class EraseAlbums implements PersonalData {

    private final Albums albums;

    EraseAlbums(Albums albums) {
        this.albums = albums;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return albums.removeAllOf(account, new AlbumEvent.Erased());
    }
}
