package dev.cadenza.catalog.api.audionova;

import dev.cadenza.catalog.api.SignedTracks;
import dev.cadenza.catalog.api.TrackMedia;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Listening to a song: each request that starts at its first byte counts. */
@RestController("audionovaPlayController")
class PlayController {

    private final SignedTracks tracks;
    private final TrackMedia media;

    PlayController(SignedTracks tracks, TrackMedia media) {
        this.tracks = tracks;
        this.media = media;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openPlayByGet() {
        return OpenRoutes.of(HttpMethod.GET, "/api/songs/{id}/play", "/api/songs/{id}/play/");
    }

    /** Some clients post. */
    @Bean
    static OpenRoutes openPlayByPost() {
        return OpenRoutes.of(HttpMethod.POST, "/api/songs/{id}/play", "/api/songs/{id}/play/");
    }

    @RequestMapping(
            path = {"/api/songs/{id}/play", "/api/songs/{id}/play/"},
            method = {RequestMethod.GET, RequestMethod.POST})
    Mono<Void> play(@PathVariable String id, Optional<Caller> caller, ServerWebExchange exchange) {
        UUID listener = caller.map(Caller::id).orElse(null);
        return Mono.defer(() -> tracks.find(Numbers.ofPath(id), listener, exchange.getRequest()))
                .flatMap(track -> media.stream(exchange, track, listener, null))
                .onErrorMap(SongFailures::worded);
    }
}
