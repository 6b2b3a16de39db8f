package dev.cadenza.playlist;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.ServiceIT;
import dev.cadenza.platform.testing.TestS3;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import dev.cadenza.playlist.user.Users;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service, with tracks and accounts that its tests make up. */
public abstract class PlaylistIT extends ServiceIT {

    private static final AtomicLong NUMBERS = new AtomicLong();

    @Autowired
    protected Tracks tracks;

    @Autowired
    protected Users users;

    @DynamicPropertySource
    static void objectStore(DynamicPropertyRegistry properties) {
        properties.add("cadenza.storage.endpoint", TestS3::endpoint);
        properties.add("cadenza.storage.access-key", TestS3::accessKey);
        properties.add("cadenza.storage.secret-key", TestS3::secretKey);
        properties.add("cadenza.storage.bucket", TestS3::bucket);
        properties.add("cadenza.media.signing-secret", () -> "a secret of the tests alone");
    }

    /** A track that the catalog told of. */
    protected UUID track(User owner, String title, boolean isPublic) {
        return track(owner, title, isPublic, null).id();
    }

    /** The same with a genre. */
    protected Track track(User owner, String title, boolean isPublic, @Nullable String genre) {
        Track track = new Track(
                Ids.next(),
                NUMBERS.incrementAndGet(),
                owner.id(),
                owner.username(),
                title,
                "Artist",
                genre,
                61.4,
                isPublic);
        tracks.store(track, 1).block();
        return track;
    }

    /** Somebody new of whom the service was told. */
    protected User known(String username) {
        User user = User.named(username);
        users.store(new dev.cadenza.playlist.user.User(user.id(), username), 1).block();
        return user;
    }
}
