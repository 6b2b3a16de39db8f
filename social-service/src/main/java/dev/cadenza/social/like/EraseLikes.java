package dev.cadenza.social.like;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: its likes go. */
public final class EraseLikes implements PersonalData {

    private final Likes likes;

    public EraseLikes(Likes likes) {
        this.likes = likes;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return likes.removeAllOf(account).then();
    }
}
