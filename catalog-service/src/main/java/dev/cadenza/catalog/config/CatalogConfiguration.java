package dev.cadenza.catalog.config;

import dev.cadenza.catalog.album.ReturnTracks;
import dev.cadenza.catalog.order.SettleDueOrders;
import dev.cadenza.catalog.playback.PlaybackSettings;
import dev.cadenza.catalog.playback.SweepRenditions;
import dev.cadenza.catalog.product.MarketplaceSettings;
import dev.cadenza.catalog.track.SweepTrackFiles;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.upload.SweepUploads;
import dev.cadenza.catalog.upload.UploadSettings;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.NameClaims;
import dev.cadenza.platform.events.PeriodicTask;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the features need and nobody else makes. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }

    /** Storing a file takes less. */
    @Bean
    NameClaims titleClaims(Aggregates aggregates) {
        return aggregates.nameClaims("title_claim", Duration.ofMinutes(2));
    }

    @Bean
    PeriodicTask sweepingRenditions(SweepRenditions sweep, PlaybackSettings settings) {
        return new PeriodicTask("sweeping-renditions", settings.sweepInterval(), sweep::sweep);
    }

    @Bean
    PeriodicTask sweeping(SweepTrackFiles sweep, TrackSettings settings) {
        return new PeriodicTask("sweeping", settings.sweep().interval(), sweep::sweep);
    }

    @Bean
    PeriodicTask sweepingUploads(SweepUploads sweep, UploadSettings settings) {
        return new PeriodicTask("sweeping-uploads", settings.sweepInterval(), sweep::sweep);
    }

    @Bean
    PeriodicTask returningTracks(ReturnTracks tracks) {
        return new PeriodicTask("returning-tracks", Duration.ofMinutes(1), tracks::returnTracks);
    }

    @Bean
    PeriodicTask settlingOrders(SettleDueOrders settle, MarketplaceSettings settings) {
        return new PeriodicTask("settling-orders", settings.settleInterval(), settle::settle);
    }
}
