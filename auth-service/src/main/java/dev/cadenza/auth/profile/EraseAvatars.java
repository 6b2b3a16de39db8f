package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Erasure;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes the pictures of an account that is being deleted. */
@Component
class EraseAvatars implements Erasure {

    private final Avatars avatars;

    EraseAvatars(Avatars avatars) {
        this.avatars = avatars;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return avatars.deleteAll(account);
    }
}
