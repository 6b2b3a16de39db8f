package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.audio.Pictures;
import dev.cadenza.platform.core.Failure;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows the picture of a playlist to whoever may see the playlist. */
public final class ShowCover {

    private final Playlists playlists;
    private final Covers covers;

    public ShowCover(Playlists playlists, Covers covers) {
        this.playlists = playlists;
        this.covers = covers;
    }

    /**
     * What is known of it; {@link Failure.NotFound} where no playlist shows it, or one that the viewer may not see.
     *
     * @param viewer null: somebody without an identity
     * @param given whether the address was given to them by somebody who may
     */
    public Mono<Pictures.Picture> find(String file, @Nullable UUID viewer, boolean given) {
        return Mono.justOrEmpty(Pictures.owner(file))
                .flatMap(playlists::find)
                .filter(playlist -> file.equals(playlist.state().cover())
                        && (given || playlist.state().visibleTo(viewer)))
                .flatMap(playlist -> covers.find(file))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("cover.not_found", "Not found.")));
    }

    /** Its bytes. */
    public Flux<ByteBuffer> read(String file, long offset, long length) {
        return covers.read(file, offset, length);
    }
}
