package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackStatus;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Somebody offers something for money. */
@Component
public final class CreateProduct {

    private final Products products;
    private final Tracks tracks;
    private final MarketplaceSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    CreateProduct(Products products, Tracks tracks, MarketplaceSettings settings, Supplier<UUID> ids, Clock clock) {
        this.products = products;
        this.tracks = tracks;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is to be sold.
     *
     * @param trackId null where there is none
     * @param status archived is none that a new product may have
     */
    public record Offer(
            UUID sellerId,
            ProductType type,
            @Nullable UUID trackId,
            ProductDetails.Change details,
            ProductStatus status) {}

    /**
     * {@link Failure.Invalid} naming every wrong field, {@code track_id} where the track is none of the seller's; Forbidden
     * where it is somebody else's that he sees; Conflict where it is not complete.
     */
    public Mono<Versioned<Product>> create(Offer offer) {
        return Mono.defer(() -> {
            List<Violation> violations = new ArrayList<>();
            ProductDetails details = ProductDetails.of(offer.details(), settings.currency(), violations);
            if (offer.type() == ProductType.TRACK && offer.trackId() == null) {
                violations.add(Violation.of("track_id", "The track_id is required."));
            }
            if (offer.status() == ProductStatus.ARCHIVED) {
                violations.add(Violation.of("status", "A new product is active or a draft."));
            }
            if (!violations.isEmpty()) {
                return Mono.error(Failure.invalid(violations));
            }
            return track(offer)
                    .flatMap(track -> RequestedIds.of("product", ids)
                            .flatMap(id -> products.find(id).switchIfEmpty(Mono.defer(() -> {
                                Instant now = clock.instant();
                                return products.add(
                                        id,
                                        new Product(
                                                offer.sellerId(),
                                                offer.type(),
                                                offer.trackId(),
                                                details,
                                                offer.status(),
                                                track.map(found -> isShown(found))
                                                        .orElse(true),
                                                now,
                                                now));
                            }))));
        });
    }

    private Mono<Optional<Track>> track(Offer offer) {
        UUID trackId = offer.trackId();
        return trackId == null
                ? Mono.just(Optional.empty())
                : tracks.find(trackId)
                        .map(Versioned::state)
                        .filter(track -> track.visibleTo(offer.sellerId()))
                        .switchIfEmpty(Mono.error(() ->
                                Failure.invalidField("track_id", "The track " + trackId + " is not one of yours.")))
                        .map(track -> Optional.of(sellable(track, offer.sellerId())));
    }

    private static Track sellable(Track track, UUID seller) {
        if (!track.ownedBy(seller)) {
            throw Failure.forbidden("track.not_yours", "Only the owner may sell a track.");
        }
        if (track.link() != null) {
            throw Failure.invalidField("track_id", "Audio that is kept elsewhere cannot be sold.");
        }
        if (track.status() != TrackStatus.COMPLETED) {
            throw Failure.conflict("track.not_completed", "The track is not processed yet, or could not be.");
        }
        return track;
    }

    /** Whether everybody may have this track for money. */
    static boolean isShown(Track track) {
        return track.visibleTo(null) && track.status() == TrackStatus.COMPLETED;
    }
}
