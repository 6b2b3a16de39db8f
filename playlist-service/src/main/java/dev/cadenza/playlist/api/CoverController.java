package dev.cadenza.playlist.api;

import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.playlist.playlist.ShowCover;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The pictures behind {@link CoverAddresses}: of public playlists for anybody. */
@RestController
class CoverController {

    private final ShowCover show;
    private final CoverAddresses addresses;

    CoverController(ShowCover show, CoverAddresses addresses) {
        this.show = show;
        this.addresses = addresses;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openCovers() {
        return OpenRoutes.of(HttpMethod.GET, "/media/covers/{file}");
    }

    @GetMapping("/media/covers/{file}")
    Mono<Void> show(@PathVariable String file, Optional<Caller> caller, ServerWebExchange exchange) {
        var query = exchange.getRequest().getQueryParams();
        boolean given = addresses.isSigned(file, query.getFirst("expires"), query.getFirst("signature"));
        return show.find(file, caller.map(Caller::id).orElse(null), given)
                .flatMap(cover -> MediaResponse.write(
                        exchange,
                        new MediaResponse.Media(
                                cover.size(), cover.etag(), cover.contentType(), cover.lastModified(), null, true),
                        (offset, length) -> show.read(file, offset, length)));
    }
}
