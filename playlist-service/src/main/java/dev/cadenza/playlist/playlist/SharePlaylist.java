package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner or an administrator of a playlist makes a link that opens it for whoever has it. Older ones go on working. */
public final class SharePlaylist {

    private static final int TOKEN_BYTES = 24;

    private final Playlists playlists;
    private final ShareSettings settings;
    private final Clock clock;

    public SharePlaylist(Playlists playlists, ShareSettings settings, Clock clock) {
        this.playlists = playlists;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A link.
     *
     * @param token kept nowhere but in it
     */
    public record Shared(String token, Instant expiresAt) {}

    /** Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when it is not the user's to share. */
    public Mono<Shared> share(UUID id, UUID user) {
        return Mono.defer(() -> {
            String token = Ids.secret(TOKEN_BYTES);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant expires = now.plus(settings.validFor());
            Playlist.ShareLink link = new Playlist.ShareLink(Hashes.sha256(token), expires);
            return playlists
                    .change(
                            id,
                            playlist -> playlist.open(user, Permission.ADMIN).share(link, now))
                    .thenReturn(new Shared(token, expires));
        });
    }
}
