package dev.cadenza.analytics.api.veza;

import dev.cadenza.analytics.api.veza.StatsJson.AnalyticsJson;
import dev.cadenza.analytics.api.veza.StatsJson.DashboardJson;
import dev.cadenza.analytics.api.veza.StatsJson.TrackStatsJson;
import dev.cadenza.analytics.play.ReadDashboard;
import dev.cadenza.analytics.play.ReadTrackStats;
import dev.cadenza.analytics.play.ReportPlay;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Plays and their numbers. */
@RestController
@RequestMapping("/api/v1")
class AnalyticsController {

    private final ReadTrackStats readTrackStats;
    private final ReadDashboard readDashboard;
    private final ReportPlay reportPlay;

    AnalyticsController(ReadTrackStats readTrackStats, ReadDashboard readDashboard, ReportPlay reportPlay) {
        this.readTrackStats = readTrackStats;
        this.readDashboard = readDashboard;
        this.reportPlay = reportPlay;
    }

    @GetMapping("/tracks/{id}/stats")
    Mono<VezaEnvelope<TrackStatsJson>> stats(@PathVariable UUID id, Optional<Caller> caller) {
        return readTrackStats
                .read(id, caller.map(Caller::id).orElse(null))
                .map(stats -> VezaEnvelope.data(new TrackStatsJson(StatsJson.of(stats))));
    }

    @GetMapping("/analytics/tracks/{id}")
    Mono<VezaEnvelope<AnalyticsJson>> dashboard(@PathVariable UUID id, Caller caller) {
        return readDashboard
                .read(id, caller.id(), caller.isAdmin())
                .map(dashboard -> VezaEnvelope.data(new AnalyticsJson(DashboardJson.of(dashboard))));
    }

    @PostMapping("/tracks/{id}/play")
    Mono<VezaEnvelope<ReportedJson>> play(@PathVariable UUID id, @RequestBody ReportJson body, Caller caller) {
        return reportPlay
                .report(id, caller.id(), body.duration(), body.device())
                .map(playId -> VezaEnvelope.data(new ReportedJson("Play event recorded", playId)));
    }

    record ReportJson(@Nullable Double duration, @Nullable String device) {}

    record ReportedJson(String message, UUID id) {}
}
