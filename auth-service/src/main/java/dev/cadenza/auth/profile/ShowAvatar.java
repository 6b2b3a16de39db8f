package dev.cadenza.auth.profile;

import dev.cadenza.platform.audio.Pictures;
import dev.cadenza.platform.core.Failure;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows a picture to anybody. */
@Component
public class ShowAvatar {

    private final Avatars avatars;

    ShowAvatar(Avatars avatars) {
        this.avatars = avatars;
    }

    /** What is known of it; {@link Failure.NotFound} where there is none of this name. */
    public Mono<Pictures.Picture> find(String file) {
        return avatars.find(file).switchIfEmpty(Mono.error(() -> Failure.notFound("avatar.not_found", "Not found.")));
    }

    /** Its bytes. */
    public Flux<ByteBuffer> read(String file, long offset, long length) {
        return avatars.read(file, offset, length);
    }
}
