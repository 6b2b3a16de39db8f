package dev.cadenza.catalog.api;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The audio behind {@link MediaAddresses#audio}: of public tracks for anybody, of others for owners and signed addresses. */
@RestController
class SongMediaController {

    private final SignedTracks tracks;
    private final TrackMedia media;

    SongMediaController(SignedTracks tracks, TrackMedia media) {
        this.tracks = tracks;
        this.media = media;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openSongMedia() {
        return OpenRoutes.of(HttpMethod.GET, "/media/songs/{number}/{name}");
    }

    @GetMapping("/media/songs/{number}/{name}")
    Mono<Void> audio(
            @PathVariable String number,
            @PathVariable String name,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        if (!number.matches("[0-9]{1,18}")) {
            return Mono.error(Failure.notFound("track.not_found", "Not found."));
        }
        return tracks.find(Long.parseLong(number), caller.map(Caller::id).orElse(null), exchange.getRequest())
                .flatMap(track -> media.show(exchange, track));
    }
}
