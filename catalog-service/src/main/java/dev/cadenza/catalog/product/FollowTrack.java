package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.Tracks;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A track changed or is gone: so do its products. Harmless to repeat. */
@Component
public final class FollowTrack {

    private final Products products;
    private final Tracks tracks;
    private final Clock clock;

    FollowTrack(Products products, Tracks tracks, Clock clock) {
        this.products = products;
        this.tracks = tracks;
        this.clock = clock;
    }

    /** Completes when its products are as the track is now. */
    public Mono<Void> follow(UUID trackId) {
        return products.ofTrack(trackId)
                .concatMap(id -> tracks.find(trackId)
                        .map(track -> CreateProduct.isShown(track.state()))
                        .map(shown -> new boolean[] {true, shown})
                        .defaultIfEmpty(new boolean[] {false, false})
                        .flatMap(seen ->
                                products.change(id, product -> product.trackSeen(seen[0], seen[1], clock.instant()))))
                .then();
    }
}
