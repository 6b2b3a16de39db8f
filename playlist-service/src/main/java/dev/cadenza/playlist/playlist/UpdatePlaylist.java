package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The owner or an administrator of a playlist changes what is said about it, and its picture. */
public final class UpdatePlaylist {

    private final Playlists playlists;
    private final Covers covers;
    private final Clock clock;

    public UpdatePlaylist(Playlists playlists, Covers covers, Clock clock) {
        this.playlists = playlists;
        this.covers = covers;
        this.clock = clock;
    }

    /**
     * What becomes of the picture.
     *
     * @param picture the new one; null: there shall be none
     */
    public record CoverChange(@Nullable Path picture) {}

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when it is not the user's to change, with
     * {@link Failure.Invalid} naming every wrong field, and as {@link Covers#store} does.
     *
     * @param cover null: the picture stays
     */
    public Mono<Versioned<Playlist>> update(UUID id, UUID user, PlaylistFacts facts, @Nullable CoverChange cover) {
        if (cover == null) {
            return playlists.change(
                    id, playlist -> playlist.open(user, Permission.ADMIN).update(facts, now()));
        }
        Path picture = cover.picture();
        if (picture == null) {
            return replace(id, user, facts, null);
        }
        return FindPlaylist.visible(playlists, id, user)
                .doOnNext(found -> found.state().open(user, Permission.ADMIN).update(facts, now()))
                .then(Mono.defer(() -> covers.store(id, picture)))
                .flatMap(file -> replace(id, user, facts, file)
                        .onErrorResume(
                                error -> covers.delete(file).onErrorComplete().then(Mono.error(error))));
    }

    private Mono<Versioned<Playlist>> replace(UUID id, UUID user, PlaylistFacts facts, @Nullable String file) {
        AtomicReference<@Nullable String> before = new AtomicReference<>();
        return playlists
                .change(id, playlist -> {
                    before.set(playlist.cover());
                    return playlist.open(user, Permission.ADMIN).update(facts, file, now());
                })
                .flatMap(changed -> {
                    String old = before.get();
                    // one that cannot be removed now is swept later
                    return old == null || old.equals(file)
                            ? Mono.just(changed)
                            : covers.delete(old).onErrorComplete().thenReturn(changed);
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
