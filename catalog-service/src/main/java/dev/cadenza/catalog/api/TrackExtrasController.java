package dev.cadenza.catalog.api;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Pictures and peaks behind the addresses of {@link MediaAddresses}: for whoever may see the track. */
@RestController
class TrackExtrasController {

    private final SignedTracks tracks;
    private final TrackExtrasMedia media;

    TrackExtrasController(SignedTracks tracks, TrackExtrasMedia media) {
        this.tracks = tracks;
        this.media = media;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openTrackExtras() {
        return OpenRoutes.of(HttpMethod.GET, "/media/artwork/{id}", "/media/waveforms/{id}");
    }

    @GetMapping("/media/artwork/{id}")
    Mono<Void> artwork(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "large") String size,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        if (!size.equals("large") && !size.equals("small")) {
            return Mono.error(Failure.unreadable("parameter.invalid", "The size must be large or small."));
        }
        return tracks.find(id, caller.map(Caller::id).orElse(null), exchange.getRequest())
                .flatMap(track -> media.artwork(exchange, track, size.equals("small")));
    }

    @GetMapping("/media/waveforms/{id}")
    Mono<Void> waveform(@PathVariable UUID id, Optional<Caller> caller, ServerWebExchange exchange) {
        return tracks.find(id, caller.map(Caller::id).orElse(null), exchange.getRequest())
                .flatMap(track -> media.waveform(exchange, track));
    }
}
