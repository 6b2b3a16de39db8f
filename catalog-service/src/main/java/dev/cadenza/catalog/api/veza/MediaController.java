package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.SignedTracks;
import dev.cadenza.catalog.api.TrackExtrasMedia;
import dev.cadenza.catalog.api.TrackMedia;
import dev.cadenza.catalog.playback.Rendition;
import dev.cadenza.platform.web.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Listening and downloading, as uploaded or in another format; what a track looks like. */
@RestController("vezaMediaController")
class MediaController {

    private final SignedTracks tracks;
    private final TrackMedia media;
    private final TrackExtrasMedia extras;

    MediaController(SignedTracks tracks, TrackMedia media, TrackExtrasMedia extras) {
        this.tracks = tracks;
        this.media = media;
        this.extras = extras;
    }

    @GetMapping("/api/v1/tracks/{id}/stream")
    Mono<Void> stream(
            @PathVariable String id,
            @RequestParam Optional<String> format,
            @RequestParam Optional<String> bitrate,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        Rendition wanted = wanted(format, bitrate);
        return tracks.find(Ids.ofPath(id), viewer, exchange.getRequest())
                .flatMap(track -> media.stream(exchange, track, viewer, wanted));
    }

    @GetMapping("/api/v1/tracks/{id}/download")
    Mono<Void> download(
            @PathVariable String id,
            @RequestParam Optional<String> format,
            @RequestParam Optional<String> bitrate,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        Rendition wanted = wanted(format, bitrate);
        return tracks.find(Ids.ofPath(id), viewer, exchange.getRequest())
                .flatMap(track -> media.download(exchange, track, viewer, wanted));
    }

    /** Peaks for drawing. */
    @GetMapping("/api/v1/tracks/{id}/waveform")
    Mono<Void> waveform(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        return tracks.find(Ids.ofPath(id), caller.map(Caller::id).orElse(null), exchange.getRequest())
                .flatMap(track -> extras.waveform(exchange, track));
    }

    private static @Nullable Rendition wanted(Optional<String> format, Optional<String> bitrate) {
        if (format.isPresent()) {
            return Rendition.of(format.get(), bitrate.orElse(null));
        }
        if (bitrate.isPresent()) {
            throw Rendition.bitrateWithoutFormat();
        }
        return null;
    }
}
