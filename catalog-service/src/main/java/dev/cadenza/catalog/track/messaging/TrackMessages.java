package dev.cadenza.catalog.track.messaging;

import dev.cadenza.catalog.track.Downloads;
import dev.cadenza.catalog.track.Streams;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackEvent;
import dev.cadenza.contracts.catalog.v1.DownloadStarted;
import dev.cadenza.contracts.catalog.v1.StreamStarted;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What tracks and listenings tell others. */
@Configuration(proxyBeanMethods = false)
class TrackMessages {

    @Bean
    BiFunction<Versioned<Track>, TrackEvent, EventMessage> trackTranslator() {
        return (track, event) -> new EventMessage(
                type(event), 1, event instanceof TrackEvent.Erased ? withoutWords(snapshot(track)) : snapshot(track));
    }

    @Bean
    BiFunction<UUID, Streams.Started, EventMessage> streamTranslator() {
        return (id, started) -> new EventMessage(
                "catalog.stream.started",
                1,
                new StreamStarted(
                        id,
                        started.trackId(),
                        started.ownerId(),
                        started.listenerId(),
                        started.durationSeconds(),
                        started.startedAt()));
    }

    @Bean
    BiFunction<UUID, Downloads.Started, EventMessage> downloadTranslator() {
        return (id, started) -> new EventMessage(
                "catalog.stream.downloaded",
                1,
                new DownloadStarted(
                        id, started.trackId(), started.ownerId(), started.listenerId(), started.startedAt()));
    }

    private static String type(TrackEvent event) {
        return switch (event) {
            case TrackEvent.Uploaded e -> "catalog.track.uploaded";
            case TrackEvent.Processed e -> "catalog.track.processed";
            case TrackEvent.Failed e -> "catalog.track.failed";
            case TrackEvent.Updated e -> "catalog.track.updated";
            case TrackEvent.Deleted e -> "catalog.track.deleted";
            case TrackEvent.Erased e -> "catalog.track.deleted";
        };
    }

    /** The last word about a track stays on its topic for ever. */
    private static TrackSnapshot withoutWords(TrackSnapshot track) {
        return new TrackSnapshot(
                track.trackId(),
                track.number(),
                track.ownerId(),
                "",
                "",
                "",
                null,
                null,
                null,
                track.durationSeconds(),
                track.format(),
                track.fileSize(),
                track.integratedLufs(),
                false,
                track.status(),
                null,
                track.createdAt());
    }

    private static TrackSnapshot snapshot(Versioned<Track> track) {
        Track state = track.state();
        TrackDetails details = state.details();
        return new TrackSnapshot(
                track.id(),
                track.requireNumber(),
                state.ownerId(),
                state.ownerUsername(),
                details.title(),
                details.artist(),
                details.album(),
                details.genre(),
                details.year(),
                state.audio().durationSeconds(),
                state.audio().format(),
                state.audio().fileSize(),
                state.loudness() == null ? null : state.loudness().integratedLufs(),
                details.isPublic(),
                state.status().word(),
                state.failure(),
                state.createdAt());
    }
}
