package dev.cadenza.catalog.api.audionova;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.api.TrackMedia;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Listening to a song: each request that starts at its first byte counts. */
@RestController("audionovaPlayController")
class PlayController {

    private final FindTrack find;
    private final TrackMedia media;
    private final MediaAddresses addresses;

    PlayController(FindTrack find, TrackMedia media, MediaAddresses addresses) {
        this.find = find;
        this.media = media;
        this.addresses = addresses;
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

    @GetMapping({"/api/songs/{id}/play", "/api/songs/{id}/play/"})
    Mono<Void> play(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        UUID listener = caller.map(Caller::id).orElse(null);
        return Mono.defer(() -> {
                    long number = Numbers.ofPath(id);
                    return addresses.opensAudio(number, expires, signature)
                            ? find.findShared(number)
                            : find.findByNumber(number, listener);
                })
                .flatMap(track -> media.stream(exchange, track, listener, null))
                .onErrorMap(SongFailures::worded);
    }

    @PostMapping({"/api/songs/{id}/play", "/api/songs/{id}/play/"})
    Mono<Void> playByPost(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        return play(id, expires, signature, caller, exchange);
    }
}
