package dev.cadenza.analytics.api.musewave;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.analytics.play.CountStream;
import dev.cadenza.analytics.play.ReportPlay;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

class TrackStatsControllerIT extends AnalyticsIT {

    private final User owner = User.named("owner");
    private final User ann = User.named("ann");
    private final User bob = User.named("bob");

    @Autowired
    private CountStream countStream;

    @Autowired
    private ReportPlay reportPlay;

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void answersAsDocumented(String slash) {
        UUID track = track(owner, true);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant oldest = today.minusDays(29).atStartOfDay(ZoneOffset.UTC).toInstant();
        play(track, ann, now);
        play(track, null, now);
        play(track, bob, oldest);
        play(track, bob, oldest.minusMillis(1));
        reportPlay.report(track, ann.id(), 81.0, null).block();
        reportPlay.report(track, ann.id(), 20.0, null).block();

        String stats = body(client.get()
                .uri("/musewave/tracks/" + track + "/stats" + slash)
                .exchange()
                .expectStatus()
                .isOk());

        DocumentedJson.assertShape(stats, """
                {"track_id": "550e8400-e29b-41d4-a716-446655440000", "daily_plays": {}, "total_unique_listeners": 2,
                "avg_listen_duration": 50.5, "completion_rate": 50.0, "updated_at": "2024-02-04T10:30:00Z"}""");
        assertThat(JsonPath.<String>read(stats, "$.track_id")).isEqualTo(track.toString());
        Map<String, Integer> days = JsonPath.read(stats, "$.daily_plays");
        assertThat(days).hasSize(30);
        assertThat(List.copyOf(days.keySet()))
                .startsWith(today.minusDays(29).toString())
                .endsWith(today.toString())
                .isSorted();
        assertThat(days)
                .containsEntry(today.toString(), 3)
                .containsEntry(today.minusDays(29).toString(), 1)
                .containsEntry(today.minusDays(10).toString(), 0);
        assertThat(JsonPath.<Integer>read(stats, "$.total_unique_listeners")).isEqualTo(2);
        assertThat(JsonPath.<Double>read(stats, "$.avg_listen_duration")).isEqualTo(50.5);
        assertThat(JsonPath.<Double>read(stats, "$.completion_rate")).isEqualTo(50.0);
        assertThat(Instant.parse(JsonPath.read(stats, "$.updated_at"))).isBetween(now.minusSeconds(1), clock.instant());
    }

    @Test
    void aTrackThatNobodyPlayedHasNumbersToo() {
        String stats = body(stats(client, track(owner, true)).expectStatus().isOk());
        assertThat(JsonPath.<Map<String, Integer>>read(stats, "$.daily_plays").values())
                .hasSize(30)
                .containsOnly(0);
        assertThat(JsonPath.<Integer>read(stats, "$.total_unique_listeners")).isZero();
        assertThat(JsonPath.<Double>read(stats, "$.completion_rate")).isZero();
    }

    @Test
    void anUnpublishedTrackHasNumbersForItsOwnerOnly() {
        UUID track = track(owner, false);

        stats(as(owner), track).expectStatus().isOk();
        for (WebTestClient other : new WebTestClient[] {client, as(ann)}) {
            assertThat(body(stats(other, track).expectStatus().isNotFound()))
                    .isEqualTo("{\"message\":\"Track not found.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "1-1-1-1-1", "550e8400-e29b-41d4-a716-44665544000z", "550e8400-e29b-41d4-a716-446655440000"
            })
    void whatIsNoTrackHasNone(String id) {
        assertThat(body(client.get()
                        .uri("/musewave/tracks/" + id + "/stats/")
                        .exchange()
                        .expectStatus()
                        .isNotFound()))
                .isEqualTo("{\"message\":\"Track not found.\"}");
    }

    private void play(UUID track, @Nullable User who, Instant at) {
        countStream
                .count(Ids.next(), track, owner.id(), who == null ? null : who.id(), at)
                .block();
    }

    private static WebTestClient.ResponseSpec stats(WebTestClient who, UUID track) {
        return who.get().uri("/musewave/tracks/{id}/stats/", track).exchange();
    }
}
