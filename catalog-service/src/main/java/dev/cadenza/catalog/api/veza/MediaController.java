package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.TrackMedia;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.platform.web.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Listening and downloading. */
@RestController("vezaMediaController")
class MediaController {

    private final FindTrack find;
    private final TrackMedia media;

    MediaController(FindTrack find, TrackMedia media) {
        this.find = find;
        this.media = media;
    }

    @GetMapping("/api/v1/tracks/{id}/stream")
    Mono<Void> stream(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        UUID viewer = caller.map(Caller::id).orElse(null);
        return find.find(Ids.ofPath(id), viewer).flatMap(track -> media.stream(exchange, track, viewer));
    }

    @GetMapping("/api/v1/tracks/{id}/download")
    Mono<Void> download(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        return find.find(Ids.ofPath(id), caller.map(Caller::id).orElse(null))
                .flatMap(track -> media.download(exchange, track));
    }
}
