package dev.cadenza.auth.api.media;

import dev.cadenza.auth.profile.ShowAvatar;
import dev.cadenza.platform.audio.Pictures;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Pictures of users. */
@RestController
class AvatarController {

    private static final Duration KEPT = Duration.ofDays(1);

    private final ShowAvatar show;

    AvatarController(ShowAvatar show) {
        this.show = show;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openAvatars() {
        return OpenRoutes.of(HttpMethod.GET, "/media/avatars/{file}");
    }

    @GetMapping("/media/avatars/{file}")
    Mono<Void> show(@PathVariable String file, ServerWebExchange exchange) {
        return show.find(file).flatMap(avatar -> {
            keep(exchange.getResponse());
            return MediaResponse.write(exchange, media(avatar), (offset, length) -> show.read(file, offset, length));
        });
    }

    private static MediaResponse.Media media(Pictures.Picture avatar) {
        return new MediaResponse.Media(
                avatar.size(), avatar.etag(), avatar.contentType(), avatar.lastModified(), null, true);
    }

    /** What has this name never changes; an answer that says otherwise is an error's. */
    private static void keep(ServerHttpResponse response) {
        response.beforeCommit(() -> {
            if (response.getStatusCode() != null && !response.getStatusCode().isError()) {
                response.getHeaders().setCacheControl(CacheControl.maxAge(KEPT).cachePublic());
            }
            return Mono.empty();
        });
    }
}
