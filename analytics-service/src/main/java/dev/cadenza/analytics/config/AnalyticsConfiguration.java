package dev.cadenza.analytics.config;

import dev.cadenza.analytics.play.CountStream;
import dev.cadenza.analytics.play.Dashboards;
import dev.cadenza.analytics.play.ErasePlays;
import dev.cadenza.analytics.play.Plays;
import dev.cadenza.analytics.play.ReadDailyStats;
import dev.cadenza.analytics.play.ReadDashboard;
import dev.cadenza.analytics.play.ReadHistory;
import dev.cadenza.analytics.play.ReadTrackStats;
import dev.cadenza.analytics.play.ReportPlay;
import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.ErasedAccounts;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Plays, wired. */
@Configuration(proxyBeanMethods = false)
class AnalyticsConfiguration {

    @Bean
    OpenRoutes openRoutes() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/tracks/{id}/stats");
    }

    @Bean
    FindTrack findTrack(Tracks tracks, Clock clock) {
        return new FindTrack(tracks, clock);
    }

    @Bean
    CountStream countStream(Plays plays, ErasedAccounts erased) {
        return new CountStream(plays, erased);
    }

    @Bean
    ErasePlays erasePlays(Plays plays) {
        return new ErasePlays(plays);
    }

    @Bean
    ReportPlay reportPlay(FindTrack findTrack, Plays plays, Clock clock) {
        return new ReportPlay(findTrack, plays, clock, Ids.timeOrdered());
    }

    @Bean
    ReadTrackStats readTrackStats(FindTrack findTrack, Plays plays) {
        return new ReadTrackStats(findTrack, plays);
    }

    @Bean
    Dashboards dashboards(Plays plays, Clock clock) {
        return new Dashboards(plays, clock);
    }

    @Bean
    ReadDashboard readDashboard(FindTrack findTrack, Dashboards dashboards) {
        return new ReadDashboard(findTrack, dashboards);
    }

    @Bean
    ReadDailyStats readDailyStats(FindTrack findTrack, Dashboards dashboards) {
        return new ReadDailyStats(findTrack, dashboards);
    }

    @Bean
    ReadHistory readHistory(Plays plays, Tracks tracks) {
        return new ReadHistory(plays, tracks);
    }
}
