package dev.cadenza.catalog.api;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The audio behind {@link MediaAddresses#audio}: of public tracks for anybody, of others for owners and signed addresses. */
@RestController
class SongMediaController {

    private final FindTrack find;
    private final TrackMedia media;
    private final MediaAddresses addresses;

    SongMediaController(FindTrack find, TrackMedia media, MediaAddresses addresses) {
        this.find = find;
        this.media = media;
        this.addresses = addresses;
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
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        if (!number.matches("[0-9]{1,18}")) {
            return Mono.error(Failure.notFound("track.not_found", "Not found."));
        }
        long id = Long.parseLong(number);
        return (addresses.opensAudio(id, expires, signature)
                        ? find.findShared(id)
                        : find.findByNumber(id, caller.map(Caller::id).orElse(null)))
                .flatMap(track -> media.show(exchange, track));
    }
}
