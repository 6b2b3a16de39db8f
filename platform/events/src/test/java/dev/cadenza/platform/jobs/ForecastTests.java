package dev.cadenza.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aJobWithNothingBeforeItTakesAsLongAsTheLastOnesDid() {
        assertThat(Forecast.completion(NOW, List.of(), 0, 1, MINUTE)).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void waitsForThoseThatRunAndThoseBeforeIt() {
        List<Instant> running = List.of(NOW.minusSeconds(45));
        assertThat(Forecast.completion(NOW, running, 0, 1, MINUTE)).isEqualTo(NOW.plusSeconds(15 + 60));
        assertThat(Forecast.completion(NOW, running, 2, 1, MINUTE)).isEqualTo(NOW.plusSeconds(15 + 180));
        assertThat(Forecast.completion(NOW, running, 2, 2, MINUTE)).isEqualTo(NOW.plusSeconds(60 + 60));
    }

    @Test
    void whatIsOverItsTimeIsAboutToBeDone() {
        assertThat(Forecast.completion(NOW, NOW.minusSeconds(500), MINUTE)).isEqualTo(NOW.plusSeconds(1));
        assertThat(Forecast.completion(NOW, NOW.minusSeconds(20), MINUTE)).isEqualTo(NOW.plusSeconds(40));
        assertThat(Forecast.completion(NOW, List.of(NOW.minusSeconds(500)), 0, 1, MINUTE))
                .isEqualTo(NOW.plusSeconds(60));
    }
}
