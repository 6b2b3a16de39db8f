package dev.cadenza.analytics.suspicion;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.analytics.audit.Denials;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;

/** What administrators are told to look at; every test has accounts and networks of its own. */
class SuspiciousIT extends AnalyticsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger NETWORKS = new AtomicInteger();

    private final User admin = User.named("admin", "user", "admin");
    private final UUID user = Ids.next();

    @Autowired
    private AuditLog log;

    @Autowired
    private Denials denials;

    @Test
    void manyFailedLoginsOfOneAccount() {
        String ip = address();
        Instant start = clock.instant().minus(Duration.ofHours(2));
        // nine are nothing, and neither are more that take hours
        UUID forgetful = Ids.next();
        append(9, i -> login("login.failed", forgetful, ip, start.plusSeconds(i)));
        append(15, i -> login("login.failed", forgetful, address(), start.minus(Duration.ofHours(i + 1))));
        append(8, i -> login("login.failed", user, ip, start.plusSeconds(60 * i)));
        append(4, i -> login("login.refused", user, ip, start.plusSeconds(500 + i)));

        String answer = suspicious("24h");
        DocumentedJson.assertShape(answer, """
                {"success":true,"data":{"findings":[{"type":"x","severity":"high","count":5,
                "first_seen":"2025-01-01T00:00:00Z","last_seen":"2025-01-01T00:00:00Z","evidence":[{
                "id":"550e8400-e29b-41d4-a716-446655440000","action":"x","ip_address":"192.168.1.1","user_agent":"x",
                "details":{},"created_at":"2025-01-01T00:00:00Z"}]}],"total":1,"complete":true,
                "start_date":"2025-01-01T00:00:00Z","end_date":"2025-01-01T00:00:00Z"}}""");
        Map<String, Object> found = only(about(answer, user));
        assertThat(found)
                .containsEntry("type", "failed_logins_account")
                .containsEntry("severity", "medium")
                .containsEntry("ip_address", ip)
                .containsEntry("count", 12)
                .containsEntry("first_seen", start.toString())
                .containsEntry("last_seen", start.plusSeconds(503).toString());
        assertThat(evidence(found))
                .hasSize(12)
                .allSatisfy(row -> assertThat(row).containsEntry("user_id", user.toString()));
        assertThat(about(answer, forgetful)).isEmpty();

        log.append(login("login.succeeded", user, ip, start.plusSeconds(600))).block(PATIENCE);
        assertThat(only(about(suspicious("24h"), user))).containsEntry("severity", "high");
    }

    @Test
    void manyFailedLoginsFromOneAddressOverSeveralAccounts() {
        String ip = address();
        String alone = address();
        Instant start = clock.instant().minus(Duration.ofHours(1));
        append(
                20,
                i -> entry(
                        "login.failed",
                        i % 2 == 0 ? Ids.next() : null,
                        null,
                        ip,
                        i % 2 == 0 ? Map.of() : Map.of("login_hash", "hash" + i % 4),
                        start.plusSeconds(i)));
        append(20, i -> login("login.failed", user, alone, start.plusSeconds(i)));

        String answer = suspicious("24h");
        Map<String, Object> found = only(from(answer, ip));
        assertThat(found)
                .containsEntry("type", "failed_logins_address")
                .containsEntry("user_id", null)
                .containsEntry("count", 20);
        assertThat(evidence(found)).hasSize(20);
        assertThat(from(answer, alone))
                .extracting(finding -> finding.get("type"))
                .containsExactly("failed_logins_account");
    }

    @Test
    void aLoginFromANewNetworkSoonAfterOneElsewhere() {
        Instant start = clock.instant().minus(Duration.ofHours(20));
        String home = address();
        String work = address();
        String away = address();
        // years ago, and since then only at home
        append(1, i -> login("login.succeeded", user, work, start.minus(Duration.ofDays(700))));
        append(1, i -> login("account.registered", user, home, start.minus(Duration.ofDays(900))));
        append(1, i -> login("login.succeeded", user, neighbour(home), start));
        append(1, i -> login("login.succeeded", user, work, start.plus(Duration.ofHours(1))));
        assertThat(about(suspicious("24h"), user)).isEmpty();

        append(1, i -> login("login.succeeded", user, away, start.plus(Duration.ofHours(2))));
        append(1, i -> login("login.succeeded", user, neighbour(away), start.plus(Duration.ofHours(3))));
        Map<String, Object> found = only(about(suspicious("24h"), user));
        assertThat(found)
                .containsEntry("type", "new_network_login")
                .containsEntry("ip_address", away)
                .containsEntry("count", 2)
                .containsEntry("first_seen", start.plus(Duration.ofHours(1)).toString())
                .containsEntry("last_seen", start.plus(Duration.ofHours(2)).toString());
        assertThat(evidence(found)).extracting(row -> row.get("ip_address")).containsExactly(away, work);

        // a long flight is nothing
        append(1, i -> login("login.succeeded", user, address(), start.plus(Duration.ofHours(18))));
        assertThat(about(suspicious("24h"), user)).hasSize(1);
        assertThat(about(suspicious("1h"), user)).isEmpty();
    }

    @Test
    void networksOfTheNewerInternetAreLarger() {
        Instant start = clock.instant().minus(Duration.ofHours(3));
        String site = "2001:db8:" + Integer.toHexString(NETWORKS.incrementAndGet());
        append(1, i -> login("login.succeeded", user, site + "::1", start));
        append(1, i -> login("login.succeeded", user, site + ":ffff::1", start.plusSeconds(60)));
        assertThat(about(suspicious("24h"), user)).isEmpty();
        append(1, i -> login("login.succeeded", user, "2001:db8:f" + site.substring(9) + "::1", start.plusSeconds(90)));
        assertThat(about(suspicious("24h"), user)).hasSize(1);
    }

    @Test
    void everyTokenThatWasUsedAgain() {
        String ip = address();
        append(
                3,
                i -> entry(
                        "token.reused",
                        user,
                        i < 2 ? "sid-1" : "sid-2",
                        ip,
                        Map.of(),
                        clock.instant().minusSeconds(60)));

        List<Map<String, Object>> found = about(suspicious("24h"), user);
        assertThat(found)
                .allSatisfy(finding -> assertThat(finding)
                        .containsEntry("type", "token_reuse")
                        .containsEntry("severity", "high")
                        .containsEntry("ip_address", ip));
        assertThat(found).extracting(finding -> finding.get("count")).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void somebodyWhoTriesDoors() {
        Instant start = clock.instant().minus(Duration.ofMinutes(30));
        String ip = address();
        String anonymous = address();
        String limited = address();
        String broken = address();
        deny(25, i -> denial(user, ip, "/api/v1/tracks/" + Ids.next(), i % 2 == 0 ? 404 : 403, start.plusSeconds(i)));
        deny(20, i -> denial(null, anonymous, "/api/songs/" + i + "/", 401, start.plusSeconds(i)));
        deny(40, i -> denial(null, limited, "/api/songs/" + i + "/", 429, start.plusSeconds(i)));
        deny(60, i -> denial(null, broken, "/api/songs/7/", 404, start.plusSeconds(i)));

        String answer = suspicious("24h");
        Map<String, Object> caller = only(about(answer, user));
        assertThat(caller)
                .containsEntry("type", "access_burst")
                .containsEntry("ip_address", ip)
                .containsEntry("count", 25);
        assertThat(evidence(caller))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row).containsEntry("action", "access.denied"));
        assertThat(from(answer, ip)).containsExactly(caller);
        assertThat(only(from(answer, anonymous))).containsEntry("user_id", null).containsEntry("count", 20);
        assertThat(from(answer, limited)).isEmpty();
        assertThat(from(answer, broken)).isEmpty();
    }

    @Test
    void onlyTheWindowIsLookedAt() {
        Instant start = clock.instant().minus(Duration.ofDays(5));
        append(1, i -> entry("token.reused", user, "sid", address(), Map.of(), start));

        assertThat(about(suspicious("24h"), user)).isEmpty();
        assertThat(about(suspicious("100h"), user)).isEmpty();
        assertThat(about(suspicious("6d"), user)).hasSize(1);
        assertThat(about(suspicious("30D"), user)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, x", "400, 24", "400, -1h", "400, 1w", "422, 0h", "422, 31d", "422, 721h"})
    void refusesNonsense(int status, String window) {
        as(admin)
                .get()
                .uri("/api/v1/admin/audit/suspicious?window={window}", window)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    // ---- what happened ------------------------------------------------------------------------------------------

    private interface Fact {
        AuditEntry number(int i);
    }

    private void append(int count, Fact fact) {
        Flux.fromStream(IntStream.range(0, count).mapToObj(fact::number))
                .flatMap(log::append)
                .blockLast(PATIENCE);
    }

    private void deny(int count, Fact fact) {
        Flux.fromStream(IntStream.range(0, count).mapToObj(fact::number))
                .flatMap(denials::record)
                .blockLast(PATIENCE);
    }

    private static AuditEntry login(String action, UUID whose, String ip, Instant at) {
        return entry(action, whose, null, ip, Map.of("client", "veza"), at);
    }

    private static AuditEntry denial(@Nullable UUID caller, String ip, String path, int status, Instant at) {
        return entry(Denials.ACTION, caller, path, ip, Map.of("status", Integer.toString(status)), at);
    }

    private static AuditEntry entry(
            String action,
            @Nullable UUID whose,
            @Nullable String target,
            String ip,
            Map<String, String> details,
            Instant at) {
        return AuditEntry.of(Ids.next(), whose, null, action, target, ip, "Test/1.0", details, at);
    }

    /** In a network that no other test uses. */
    private static String address() {
        int network = NETWORKS.incrementAndGet();
        return "10." + network / 250 + "." + network % 250 + ".7";
    }

    private static String neighbour(String ip) {
        return ip.substring(0, ip.lastIndexOf('.')) + ".99";
    }

    // ---- what is found ------------------------------------------------------------------------------------------

    private String suspicious(String window) {
        return body(as(admin)
                .get()
                .uri("/api/v1/admin/audit/suspicious?window={window}", window)
                .exchange()
                .expectStatus()
                .isOk());
    }

    private static List<Map<String, Object>> about(String answer, UUID whom) {
        return JsonPath.read(answer, "$.data.findings[?(@.user_id=='" + whom + "')]");
    }

    private static List<Map<String, Object>> from(String answer, String ip) {
        return JsonPath.read(answer, "$.data.findings[?(@.ip_address=='" + ip + "')]");
    }

    private static Map<String, Object> only(List<Map<String, Object>> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static List<Map<String, Object>> evidence(Map<String, Object> finding) {
        return JsonPath.read(finding, "$.evidence");
    }
}
