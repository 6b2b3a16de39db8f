package dev.cadenza.analytics.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.analytics.play.CountStream;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.catalog.v1.StreamStarted;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.time.Duration;
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
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class AnalyticsControllerIT extends AnalyticsIT {

    private static final String STREAMS = "catalog.stream.v1";

    private final User owner = User.named("owner");
    private final User listener = User.named("listener");
    private final User other = User.named("other");
    private final User admin = User.named("admin", "user", "admin");

    @Autowired
    private CountStream countStream;

    @Test
    void aStreamIsAPlayHoweverOftenItIsTold() {
        UUID track = track(owner, true);
        UUID stream = Ids.next();
        EventEnvelope<Object> event = stream(track, stream, listener.id());
        Published.again(STREAMS, track, event);
        // a second event of the same stream is no second play either
        stream(track, stream, listener.id());
        stream(track, Ids.next(), null);
        stream(track, Ids.next(), listener.id());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stats(track)).containsEntry("total_plays", 3));
        assertThat(stats(track)).containsEntry("unique_listeners", 1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Published.on(
                                "analytics.play.v1",
                                played -> played.get("data")
                                        .get("trackId")
                                        .stringValue()
                                        .equals(track.toString())))
                        .hasSize(3)
                        .anySatisfy(played -> {
                            assertThat(played.get("type").stringValue()).isEqualTo("analytics.play.recorded");
                            assertThat(played.get("data").get("playId").stringValue())
                                    .isEqualTo(stream.toString());
                            assertThat(played.get("data").get("ownerId").stringValue())
                                    .isEqualTo(owner.id().toString());
                        }));
    }

    @Test
    void answersAsDocumented() {
        UUID track = track(owner, true);
        play(track, listener, clock.instant());

        DocumentedJson.assertShape(
                body(report(listener, track, """
                        {"duration":120,"device":"Chrome Browser"}""").expectStatus().isOk()), """
                {"success":true,"data":{"message":"Play event recorded","id":"550e8400-e29b-41d4-a716-446655440000"}}""");
        DocumentedJson.assertShape(
                body(client.get()
                        .uri("/api/v1/tracks/{id}/stats", track)
                        .exchange()
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"stats":{"total_plays":150,"unique_listeners":45,"average_duration":165.5,
                "completion_rate":78.5}}}""");
        DocumentedJson.assertShape(body(dashboard(owner, track).expectStatus().isOk()), """
                {"success":true,"data":{"dashboard":{"track_id":"550e8400-e29b-41d4-a716-446655440000",
                "stats":{"total_plays":150,"unique_listeners":45,"average_duration":165.5,"completion_rate":78.5},
                "plays_over_time":[{"date":"2025-01-01T00:00:00Z","count":10}],
                "period":{"start_date":"2024-12-01T00:00:00Z","end_date":"2025-01-01T00:00:00Z","days":30}}}}""");
    }

    @Test
    void aReportCompletesTheStreamThatItBelongsTo() {
        UUID track = track(owner, true);
        UUID old = play(track, listener, clock.instant().minus(Duration.ofHours(3)));
        UUID stream = play(track, listener, clock.instant().minusSeconds(100));
        play(track, other, clock.instant());

        String first = body(report(listener, track, "{\"duration\":81}"));
        String second = body(report(listener, track, "{\"duration\":20}"));

        assertThat(JsonPath.<String>read(first, "$.data.id")).isEqualTo(stream.toString());
        assertThat(JsonPath.<String>read(second, "$.data.id"))
                .isNotEqualTo(stream.toString())
                .isNotEqualTo(old.toString());
        assertThat(stats(track))
                .isEqualTo(Map.of(
                        "total_plays", 4, "unique_listeners", 2, "average_duration", 50.5, "completion_rate", 50.0));
    }

    @Test
    void nothingIsKnownOfATrackThatNobodyPlayed() {
        assertThat(stats(track(owner, true)))
                .isEqualTo(Map.of(
                        "total_plays", 0, "unique_listeners", 0, "average_duration", 0.0, "completion_rate", 0.0));
    }

    @Test
    void theDashboardShowsThirtyDays() {
        UUID track = track(owner, true);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        play(track, listener, now);
        play(track, other, now);
        play(track, other, today.minusDays(29).atStartOfDay(ZoneOffset.UTC).toInstant());
        play(
                track,
                other,
                today.minusDays(29).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1));

        String body = body(dashboard(owner, track));

        List<Map<String, Object>> days = JsonPath.read(body, "$.data.dashboard.plays_over_time");
        assertThat(days).hasSize(30);
        assertThat(days.getFirst()).isEqualTo(Map.of("date", today.minusDays(29) + "T00:00:00Z", "count", 1));
        assertThat(days.getLast()).isEqualTo(Map.of("date", today + "T00:00:00Z", "count", 2));
        assertThat(days.get(10)).containsEntry("count", 0);
        assertThat(JsonPath.<Integer>read(body, "$.data.dashboard.stats.total_plays"))
                .isEqualTo(4);
        assertThat(JsonPath.<Integer>read(body, "$.data.dashboard.period.days")).isEqualTo(30);
    }

    @Test
    void onlyTheOwnerAndAdministratorsSeeTheDashboard() {
        UUID open = track(owner, true);
        UUID closed = track(owner, false);

        dashboard(owner, open).expectStatus().isOk();
        dashboard(owner, closed).expectStatus().isOk();
        dashboard(admin, open).expectStatus().isOk();
        dashboard(admin, closed).expectStatus().isOk();
        dashboard(admin, UUID.randomUUID()).expectStatus().isNotFound();
        dashboard(other, open).expectStatus().isForbidden();
        dashboard(other, closed).expectStatus().isNotFound();
        dashboard(other, UUID.randomUUID()).expectStatus().isNotFound();
        client.get()
                .uri("/api/v1/analytics/tracks/{id}", open)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aPrivateTrackHasNumbersForItsOwnerOnly() {
        UUID track = track(owner, false);

        as(owner)
                .get()
                .uri("/api/v1/tracks/{id}/stats", track)
                .exchange()
                .expectStatus()
                .isOk();
        as(other)
                .get()
                .uri("/api/v1/tracks/{id}/stats", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get()
                .uri("/api/v1/tracks/{id}/stats", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        report(other, track, "{\"duration\":1}").expectStatus().isNotFound();
        report(owner, track, "{\"duration\":1}").expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"duration\":-1}", "{\"duration\":86401}", "{\"duration\":null}"})
    void namesTheFieldThatIsWrong(String body) {
        report(listener, track(owner, true), body)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"duration\":\"long\"}", "{\"duration\":NaN}", "[]"})
    void refusesWhatItCannotRead(String body) {
        report(listener, track(owner, true), body).expectStatus().isBadRequest();
    }

    @Test
    void refusesStrangersAndNonsense() {
        UUID track = track(owner, true);

        client.post()
                .uri("/api/v1/tracks/{id}/play", track)
                .bodyValue(Map.of("duration", 1))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        as(listener)
                .get()
                .uri("/api/v1/analytics/tracks/x")
                .exchange()
                .expectStatus()
                .isBadRequest();
        as(listener)
                .get()
                .uri("/api/v1/tracks/x/stats")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void followsTheCatalogWhateverTheOrder() {
        UUID track = Ids.next();
        tell(track, 4, "catalog.track.updated", false);
        tell(track, 2, "catalog.track.uploaded", true);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as(owner)
                        .get()
                        .uri("/api/v1/tracks/{id}/stats", track)
                        .exchange()
                        .expectStatus()
                        .isOk());
        client.get()
                .uri("/api/v1/tracks/{id}/stats", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        tell(track, 5, "catalog.track.deleted", true);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as(owner)
                        .get()
                        .uri("/api/v1/tracks/{id}/stats", track)
                        .exchange()
                        .expectStatus()
                        .isNotFound());
    }

    private void tell(UUID track, long seq, String type, boolean isPublic) {
        Published.event(
                "catalog.track.v1",
                track,
                seq,
                type,
                new TrackSnapshot(
                        track,
                        1,
                        owner.id(),
                        "owner",
                        "Song",
                        "Ada",
                        null,
                        null,
                        null,
                        100,
                        "wav",
                        10,
                        null,
                        isPublic,
                        "completed",
                        null,
                        Instant.now()),
                Instant.now());
    }

    private EventEnvelope<Object> stream(UUID track, UUID stream, @Nullable UUID who) {
        return Published.event(
                STREAMS,
                track,
                1,
                "catalog.stream.started",
                new StreamStarted(stream, track, owner.id(), who, 100, clock.instant()),
                clock.instant());
    }

    private UUID play(UUID track, User who, Instant at) {
        UUID stream = Ids.next();
        countStream.count(stream, track, owner.id(), who.id(), at).block();
        return stream;
    }

    private Map<String, Object> stats(UUID track) {
        return JsonPath.read(
                body(client.get().uri("/api/v1/tracks/{id}/stats", track).exchange()), "$.data.stats");
    }

    private WebTestClient.ResponseSpec dashboard(User user, UUID track) {
        return as(user).get().uri("/api/v1/analytics/tracks/{id}", track).exchange();
    }

    private WebTestClient.ResponseSpec report(User user, UUID track, String body) {
        return as(user).post()
                .uri("/api/v1/tracks/{id}/play", track)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
