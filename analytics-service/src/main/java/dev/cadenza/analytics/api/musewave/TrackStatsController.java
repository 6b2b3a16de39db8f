package dev.cadenza.analytics.api.musewave;

import dev.cadenza.analytics.play.ReadDailyStats;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Numbers about a track. */
@RestController("musewaveTrackStatsController")
class TrackStatsController {

    private final ReadDailyStats readDailyStats;

    TrackStatsController(ReadDailyStats readDailyStats) {
        this.readDailyStats = readDailyStats;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openTrackStats() {
        return OpenRoutes.of(HttpMethod.GET, "/musewave/tracks/{id}/stats", "/musewave/tracks/{id}/stats/");
    }

    @GetMapping({"/musewave/tracks/{id}/stats", "/musewave/tracks/{id}/stats/"})
    Mono<TrackStatsJson> stats(@PathVariable String id, Optional<Caller> caller) {
        // what is no id is no track's
        return Mono.justOrEmpty(Ids.parse(id))
                .switchIfEmpty(Mono.error(() -> Failure.notFound("track.not_found", "Track not found.")))
                .flatMap(track ->
                        readDailyStats.read(track, caller.map(Caller::id).orElse(null)))
                .map(TrackStatsJson::of);
    }
}
