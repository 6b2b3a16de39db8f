package dev.cadenza.analytics.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.EventEnvelope.Origin;
import dev.cadenza.contracts.auth.v1.SecurityEvent;
import dev.cadenza.contracts.catalog.v1.OrderSnapshot;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.gateway.v1.AccessDenied;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

class AuditControllerIT extends AnalyticsIT {

    private static final String SECURITY = "auth.security.v1";
    private static final String LOGS = "/api/v1/audit/logs";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final User user = User.named("user");
    private final User other = User.named("other");
    private final User admin = User.named("admin", "user", "admin");

    @Autowired
    private AuditLog log;

    @Test
    void answersAsDocumented() {
        append(user, "track.uploaded", Map.of("format", "wav"), clock.instant());
        append(user, "playlist.created", Map.of(), clock.instant());

        for (String path : List.of(LOGS, "/api/v1/admin/audit/logs")) {
            DocumentedJson.assertShape(
                    body(get(admin, path + "?user_id=" + user.id())
                            .expectStatus()
                            .isOk()),
                    """
                    {"success":true,"data":{"logs":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "user_id":"660e8400-e29b-41d4-a716-446655440001","action":"track.uploaded","ip_address":"192.168.1.1",
                    "created_at":"2025-01-01T00:00:00Z","user_agent":"Mozilla","target":"t","details":{}}],
                    "pagination":{"page":1,"limit":20,"total":150,"total_pages":8}}}""");
        }
        for (String path : List.of("/api/v1/audit/stats", "/api/v1/admin/audit/stats")) {
            DocumentedJson.assertShape(body(get(admin, path).expectStatus().isOk()), """
                    {"success":true,"data":{"total_logs":1000,"actions_count":{"track.uploaded":500,"playlist.created":300}}}""");
        }
        assertThat(JsonPath.<Map<String, Object>>read(body(get(user, "/api/v1/audit/stats")), "$.data"))
                .isEqualTo(
                        Map.of("total_logs", 2, "actions_count", Map.of("track.uploaded", 1, "playlist.created", 1)));
    }

    @Test
    void everyFactOfEveryServiceIsARowOfItsOwner() {
        UUID track = Ids.next();
        UUID playlist = Ids.next();
        UUID comment = Ids.next();
        UUID file = Ids.next();
        Map<String, Object> facts = Map.of(
                "catalog.track.", trackSnapshot(track),
                "playlist.playlist.", playlistSnapshot(playlist, track),
                "social.like.", new LikeChanged(track, other.id(), user.id(), "user", true, Instant.now()),
                "social.comment.",
                        new CommentChanged(comment, track, other.id(), user.id(), "user", "text", Instant.now()),
                "generation.generation.", generationSnapshot(),
                "processing.file.", fileSnapshot(file),
                "catalog.order.",
                        new OrderSnapshot(
                                Ids.next(),
                                user.id(),
                                "completed",
                                999,
                                "EUR",
                                List.of(),
                                Instant.now(),
                                Instant.now()));
        for (String type : List.of(
                "catalog.track.uploaded",
                "catalog.track.processed",
                "catalog.track.failed",
                "catalog.track.updated",
                "catalog.track.deleted",
                "catalog.order.placed",
                "catalog.order.completed",
                "catalog.order.declined",
                "catalog.order.refunded",
                "playlist.playlist.created",
                "playlist.playlist.updated",
                "playlist.playlist.deleted",
                "playlist.playlist.track_added",
                "playlist.playlist.track_removed",
                "social.like.liked",
                "social.like.unliked",
                "social.comment.created",
                "social.comment.deleted",
                "generation.generation.queued",
                "generation.generation.started",
                "generation.generation.completed",
                "generation.generation.failed",
                "generation.generation.cancelled",
                "processing.file.uploaded",
                "processing.file.started",
                "processing.file.completed",
                "processing.file.failed",
                "processing.file.deleted",
                // nobody knows what it is
                "catalog.track.painted")) {
            String family = type.substring(0, type.lastIndexOf('.') + 1);
            publish(family.substring(0, family.length() - 1) + ".v1", user.id(), type, facts.getOrDefault(family, ""));
        }

        List<Map<String, Object>> rows = awaitRows(user, 28);
        assertThat(rows)
                .extracting(row -> row.get("action"))
                .containsExactlyInAnyOrder(
                        "track.uploaded",
                        "track.processed",
                        "track.failed",
                        "track.updated",
                        "track.deleted",
                        "order.placed",
                        "order.completed",
                        "order.declined",
                        "order.refunded",
                        "playlist.created",
                        "playlist.updated",
                        "playlist.deleted",
                        "playlist.track_added",
                        "playlist.track_removed",
                        "track.liked",
                        "track.unliked",
                        "comment.created",
                        "comment.deleted",
                        "generation.queued",
                        "generation.started",
                        "generation.completed",
                        "generation.failed",
                        "generation.cancelled",
                        "processing.uploaded",
                        "processing.started",
                        "processing.completed",
                        "processing.failed",
                        "processing.deleted");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row)
                    .containsEntry("user_id", user.id().toString())
                    .containsEntry("ip_address", "192.0.2.1")
                    .containsEntry("user_agent", "Test/1.0");
            assertThat(row.get("target")).isNotNull();
            // nothing that would outlive an account that is erased
            assertThat(row.toString()).doesNotContain("Secret song", "Secret list", "secret.wav", "secret text");
        });
    }

    @Test
    void aRepeatedEventIsOneRow() {
        EventEnvelope<Object> event =
                security(user.id(), null, "login.succeeded", "sid-1", Map.of("client", "veza"), origin("192.0.2.1"));
        Published.again(SECURITY, user.id(), event);
        security(user.id(), null, "logout", "sid-1", Map.of(), origin("192.0.2.1"));

        List<Map<String, Object>> rows = awaitRows(user, 2);
        assertThat(rows).extracting(row -> row.get("action")).containsExactly("logout", "login.succeeded");
        assertThat(rows.getLast())
                .containsEntry("id", event.eventId().toString())
                .containsEntry("target", "sid-1")
                .containsEntry("details", Map.of("client", "veza"));
    }

    @Test
    void aRowNamesNobody() {
        Map<String, String> typed = Map.of("login", "Ada@Example.org", "client", "veza", "email", "a@b", "name", "Ada");
        security(user.id(), null, "login.failed", null, typed, origin("198.51.100.7"));
        UUID unknown = Ids.next();
        security(null, unknown, "login.failed", unknown.toString(), typed, null);

        assertThat(awaitRows(user, 1).getFirst()).containsEntry("details", Map.of("client", "veza"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Map<String, Object>> failed = logs(get(admin, LOGS + "?action=login.failed&limit=100"));
            Map<String, Object> row = failed.stream()
                    .filter(found -> unknown.toString().equals(found.get("target")))
                    .findFirst()
                    .orElseThrow();
            assertThat(row)
                    .containsEntry("user_id", null)
                    .containsEntry("ip_address", "")
                    .containsEntry("user_agent", "")
                    .containsEntry("details", Map.of("client", "veza", "login_hash", "cfe00dde46ef9426"));
        });
    }

    @Test
    void everybodySeesTheirOwnRowsAndAdministratorsAll() {
        append(user, "track.liked", Map.of(), clock.instant());
        append(other, "track.liked", Map.of(), clock.instant());

        assertThat(logs(get(user, LOGS)))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.get("user_id")).isEqualTo(user.id().toString()));
        assertThat(logs(get(user, LOGS + "?user_id=" + user.id()))).hasSize(1);
        // what is somebody else's is not there for him, whether it exists or not
        String others =
                body(get(user, LOGS + "?user_id=" + other.id()).expectStatus().isOk());
        assertThat(others)
                .isEqualTo(body(get(user, LOGS + "?user_id=" + UUID.randomUUID())))
                .contains("\"total\":0");
        assertThat(logs(get(admin, LOGS + "?user_id=" + other.id()))).hasSize(1);
        assertThat(logs(get(admin, LOGS + "?limit=2"))).hasSize(2);
    }

    @Test
    void whereAnAdministratorSatIsTheAdministratorsBusiness() {
        security(user.id(), admin.id(), "account.locked", null, Map.of(), origin("203.0.113.5"));

        assertThat(awaitRows(user, 1).getFirst())
                .containsEntry("actor_id", admin.id().toString())
                .containsEntry("ip_address", "")
                .containsEntry("user_agent", "");
        assertThat(logs(get(admin, LOGS + "?user_id=" + user.id())).getFirst())
                .containsEntry("ip_address", "203.0.113.5")
                .containsEntry("user_agent", "Test/1.0");
    }

    @Test
    void filtersPagesAndCounts() {
        Instant noon = noon(3);
        IntStream.range(0, 25)
                .forEach(i -> append(
                        user,
                        i % 5 == 0 ? "playlist.created" : "track.liked",
                        Map.of("n", Integer.toString(i)),
                        noon.plusSeconds(i)));

        String all = body(get(user, LOGS + "?page=2&limit=10"));
        assertThat(numbers(logs(all))).containsExactly("14", "13", "12", "11", "10", "9", "8", "7", "6", "5");
        assertThat(JsonPath.<Map<String, Object>>read(all, "$.data.pagination"))
                .isEqualTo(Map.of("page", 2, "limit", 10, "total", 25, "total_pages", 3));
        String some = body(get(user, LOGS + "?action=playlist.created"));
        assertThat(numbers(logs(some))).containsExactly("20", "15", "10", "5", "0");
        assertThat(JsonPath.<Integer>read(some, "$.data.pagination.total")).isEqualTo(5);
        String between = body(get(
                user,
                LOGS + "?action=track.liked&start_date=" + noon.plusSeconds(4) + "&end_date=" + noon.plusSeconds(8)));
        assertThat(numbers(logs(between))).containsExactly("8", "7", "6", "4");
        assertThat(JsonPath.<Integer>read(between, "$.data.pagination.total")).isEqualTo(4);
        assertThat(numbers(logs(get(admin, LOGS + "?user_id=" + user.id() + "&end_date=" + noon))))
                .containsExactly("0");
        assertThat(logs(get(user, LOGS + "?page=4&limit=10"))).isEmpty();
        assertThat(logs(get(user, LOGS + "?action=no.such"))).isEmpty();
        assertThat(logs(get(user, LOGS + "?action=&user_id=&start_date="))).hasSize(20);
    }

    @Test
    void momentsMayHaveAnOffset() {
        Instant noon = noon(2).plusSeconds(1);
        append(user, "track.liked", Map.of(), noon);

        for (String moment : List.of(
                noon.atZone(ZoneId.of("+02:00")).toOffsetDateTime().toString(),
                noon.atZone(ZoneId.of("+02:00")).toOffsetDateTime().toString().replace("+", "%2B"),
                noon.atZone(ZoneId.of("-05:30")).toOffsetDateTime() + "",
                noon.toString().toLowerCase(Locale.ROOT),
                noon.toString().replace('T', ' ').replace("Z", ".000Z"))) {
            assertThat(logs(rawGet(
                            user,
                            LOGS + "?start_date=" + moment.replace(" ", "%20") + "&end_date="
                                    + moment.replace(" ", "%20"))))
                    .as(moment)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, user_id=x",
        "400, user_id=1-1-1-1-1",
        "400, start_date=yesterday",
        "400, start_date=2025-01-01",
        "400, start_date=2025-13-01T00:00:00Z",
        "400, end_date=2025-01-01T00:00:00",
        "400, end_date=99999-01-01T00:00:00Z",
        "400, page=0",
        "400, page=x",
        "400, limit=0",
        "400, limit=101",
        "400, page=101&limit=100",
        "422, action=DROP TABLE",
        "422, action[$gt]=x&action=$gt:",
        "422, start_date=2025-01-02T00:00:00Z&end_date=2025-01-01T00:00:00Z"
    })
    void refusesNonsense(int status, String query) {
        for (String path : List.of(LOGS, "/api/v1/admin/audit/logs")) {
            WebTestClient.BodyContentSpec body = get(admin, path + "?" + query)
                    .expectStatus()
                    .isEqualTo(status)
                    .expectBody();
            body.jsonPath("$.success").isEqualTo(false);
            if (status == 422) {
                body.jsonPath("$.error.details[0].field").isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs", "stats", "suspicious", "logs?action=A", "suspicious?window=x"})
    void onlyAdministratorsGetIn(String path) {
        get(user, "/api/v1/admin/audit/" + path).expectStatus().isForbidden();
        client.get()
                .uri("/api/v1/admin/audit/" + path)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGS, "/api/v1/audit/stats"})
    void nobodyChangesAnything(String path) {
        client.get().uri(path).exchange().expectStatus().isUnauthorized();
        as(admin).post().uri(path).exchange().expectStatus().isEqualTo(405);
        as(admin).put().uri(path).exchange().expectStatus().isEqualTo(405);
        as(admin).patch().uri(path).exchange().expectStatus().isEqualTo(405);
        as(admin).delete().uri(path).exchange().expectStatus().isEqualTo(405);
    }

    @Test
    void refusedRequestsAreFoundWhereTheyAreAskedFor() {
        denied(user.id(), "/api/v1/tracks/" + Ids.next(), 404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(logs(get(user, LOGS + "?action=access.denied")))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row)
                                    .containsEntry("action", "access.denied")
                                    .containsEntry("ip_address", "192.0.2.1");
                            assertThat(row.get("details"))
                                    .isEqualTo(Map.of(
                                            "method",
                                            "GET",
                                            "status",
                                            "404",
                                            "route",
                                            "/api/v1/tracks/{id}",
                                            "key_id",
                                            "key_1"));
                        }));
        assertThat(logs(get(user, LOGS))).isEmpty();
        assertThat(JsonPath.<Integer>read(body(get(user, "/api/v1/audit/stats")), "$.data.total_logs"))
                .isZero();
    }

    // ---- what the services tell ---------------------------------------------------------------------------------

    private EventEnvelope<Object> publish(String topic, UUID key, String type, Object data) {
        return publish(topic, key, type, data, origin("192.0.2.1"));
    }

    private EventEnvelope<Object> publish(String topic, UUID key, String type, Object data, @Nullable Origin origin) {
        EventEnvelope<Object> event = new EventEnvelope<>(Ids.next(), 1, type, 1, clock.instant(), null, origin, data);
        Published.again(topic, key, event);
        return event;
    }

    private EventEnvelope<Object> security(
            @Nullable UUID concerned,
            @Nullable UUID actor,
            String action,
            @Nullable String target,
            Map<String, String> details,
            @Nullable Origin origin) {
        return publish(
                SECURITY,
                user.id(),
                "auth.security.recorded",
                new SecurityEvent(concerned, actor, action, target, details),
                origin);
    }

    private void denied(UUID caller, String path, int status) {
        publish(
                "gateway.access.v1",
                Ids.next(),
                "gateway.access.denied",
                new AccessDenied(
                        caller,
                        "key_1",
                        "192.0.2.1",
                        "Test/1.0",
                        "GET",
                        "/api/v1/tracks/{id}",
                        path,
                        status,
                        clock.instant()));
    }

    private static Origin origin(String ip) {
        return new Origin(ip, "Test/1.0");
    }

    private TrackSnapshot trackSnapshot(UUID track) {
        return new TrackSnapshot(
                track,
                1,
                user.id(),
                "user",
                "Secret song",
                "Ada",
                null,
                null,
                null,
                100,
                "wav",
                10,
                null,
                true,
                "completed",
                null,
                Instant.now());
    }

    private PlaylistSnapshot playlistSnapshot(UUID playlist, UUID track) {
        return new PlaylistSnapshot(
                playlist, 1, user.id(), "Secret list", "secret text", true, List.of(track), track, Instant.now());
    }

    private GenerationSnapshot generationSnapshot() {
        return new GenerationSnapshot(
                Ids.next(),
                Ids.publicId("gen"),
                Ids.publicId("track"),
                user.id(),
                "Secret song",
                "completed",
                100,
                30,
                List.of("wav"),
                "composer",
                null,
                Instant.now(),
                Instant.now());
    }

    private ProcessingFileSnapshot fileSnapshot(UUID file) {
        return new ProcessingFileSnapshot(
                file, 1, user.id(), "vocal", "secret.wav", "completed", 100, null, null, Instant.now(), null);
    }

    // ---- what is answered ---------------------------------------------------------------------------------------

    private void append(User whose, String action, Map<String, String> details, Instant at) {
        log.append(AuditEntry.of(Ids.next(), whose.id(), null, action, "t", "192.0.2.1", "Test/1.0", details, at))
                .block(PATIENCE);
    }

    private WebTestClient.ResponseSpec get(User who, String uri) {
        return as(who).get().uri(uri).exchange();
    }

    /** With the address as it is written. */
    private WebTestClient.ResponseSpec rawGet(User who, String uri) {
        return as(who).get().uri(builder -> URI.create(builder.build() + uri)).exchange();
    }

    private static List<Map<String, Object>> logs(WebTestClient.ResponseSpec answer) {
        return logs(body(answer.expectStatus().isOk()));
    }

    private static List<Map<String, Object>> logs(String body) {
        return JsonPath.read(body, "$.data.logs");
    }

    private List<Map<String, Object>> awaitRows(User whose, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            rows.clear();
            rows.addAll(logs(get(whose, LOGS + "?limit=100")));
            assertThat(rows).hasSize(count);
        });
        return rows;
    }

    private static List<Object> numbers(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> ((Map<?, ?>) row.getOrDefault("details", Map.of())).get("n"))
                .map(Object.class::cast)
                .toList();
    }

    /** A moment that needs no seconds' fraction. */
    private static Instant noon(int daysAgo) {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .minus(Duration.ofDays(daysAgo))
                .plus(Duration.ofHours(12));
    }
}
