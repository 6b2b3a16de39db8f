package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.DocumentedJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every documented example of accounts, logins, sessions, roles and audit, key by key, through the gateway. */
class IdentityConformanceE2E {

    private static final String PASSWORD = "Correct-horse-7-battery";
    private static final Pattern MAX_AGE = Pattern.compile("; Max-Age=([0-9]+);");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The smallest picture there is. */
    private static final byte[] PICTURE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private final Platform platform = Platform.get();

    @Test
    void everyRowOfTheIdentityGroupsHasACase() throws IOException {
        RowCoverage.check(IdentityConformanceE2E.class, "/identity-rows.txt");
    }

    @Nested
    class Audionova {

        @Test
        @Row({"audionova POST /api/auth/register/", "audionova GET /api/auth/verify-email/{token}/"})
        void registeringAndVerifying() {
            String name = newName();
            Api.Answer registered = register(name, name + "@example.org", PASSWORD);
            shape(registered.expect(201), """
                    {"message":"User created. Check email for verification link."}""");
            assertThat(registered.json().path("message").asString())
                    .isEqualTo("User created. Check email for verification link.");

            Api.Answer unverified = login(name);
            assertThat(unverified.expect(400).json()).isEqualTo(Api.JSON.readTree("""
                    {"non_field_errors":["User account is inactive. Please verify your email."]}"""));

            String token = new Mailbox(platform, name + "@example.org").token("verify");
            Api.Answer verified = open().get("/api/auth/verify-email/" + token + "/");
            assertThat(verified.expect(200).json())
                    .isEqualTo(Api.JSON.readTree("{\"message\":\"Email verified successfully.\"}"));
            open().get("/api/auth/verify-email/" + token + "/").expect(400);
            login(name).expect(200);

            Api.Answer again = register(newName(), name.toUpperCase(Locale.ROOT) + "@Example.org", "short");
            assertThat(again.expect(400).json().path("email"))
                    .isEqualTo(Api.JSON.readTree("[\"A user with this email already exists.\"]"));
            assertThat(again.json().path("password").get(0).asString())
                    .isEqualTo("Password must be at least 8 characters long.");
        }

        @Test
        @Row({
            "audionova POST /api/auth/login/",
            "audionova POST /api/auth/token/refresh/",
            "audionova POST /api/auth/logout/"
        })
        void loggingInRefreshingAndOut() {
            String name = verified();
            assertThat(open().post("/api/auth/login/", Map.of("email", name + "@example.org", "password", "no"))
                            .expect(400)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"non_field_errors\":[\"Invalid email or password.\"]}"));

            String example = """
                    {"access":"jwt","user":{"id":1,"username":"john_doe","email":"john@example.com"}}""";
            Api.Answer login = login(name).expect(200);
            shape(login, example);
            String first = refreshCookie(login);
            Api.Answer refreshed = refresh(first).expect(200);
            shape(refreshed, example);
            String second = refreshCookie(refreshed);
            assertThat(second).isNotEqualTo(first);

            assertThat(open().send("POST", "/api/auth/token/refresh/", BodyPublishers.noBody())
                            .expect(401)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"error\":\"Refresh token not found in cookies\"}"));
            Api.Answer reused = refresh(first).expect(401);
            assertThat(reused.json()).isEqualTo(Api.JSON.readTree("{\"error\":\"Invalid or expired refresh token\"}"));
            assertThat(cookie(reused, "refresh_token")).contains("Max-Age=0");

            Api.Answer other = login(name).expect(200);
            Api.Answer out = open().send(
                            "POST",
                            "/api/auth/logout/",
                            BodyPublishers.noBody(),
                            "Cookie",
                            "refresh_token=" + refreshCookie(other));
            assertThat(cookie(out.expect(200), "refresh_token")).contains("Max-Age=0");
            refresh(refreshCookie(other)).expect(401);
        }

        @Test
        @Row({"audionova POST /api/auth/forgot-password/", "audionova POST /api/auth/reset-password/{token}/"})
        void forgettingThePassword() {
            String name = verified();
            JsonNode sent = Api.JSON.readTree("""
                    {"message":"Password reset email sent. Check your email for the reset link."}""");
            for (String address : List.of(name + "@example.org", newName() + "@example.org")) {
                assertThat(open().post("/api/auth/forgot-password/", Map.of("email", address))
                                .expect(200)
                                .json())
                        .isEqualTo(sent);
            }
            String token = new Mailbox(platform, name + "@example.org").token("reset");
            String path = "/api/auth/reset-password/" + token + "/";
            open().post(path, Map.of("new_password", "Another-horse-8", "confirm_password", "Another-horse-9"))
                    .expect(400);
            Map<String, String> passwords =
                    Map.of("new_password", "Another-horse-8", "confirm_password", "Another-horse-8");
            assertThat(open().post(path, passwords).expect(200).json()).isEqualTo(Api.JSON.readTree("""
                    {"message":"Password reset successfully. You can now log in with your new password."}"""));
            open().post(path, passwords).expect(400);
            login(name).expect(400);
            open().post("/api/auth/login/", Map.of("email", name + "@example.org", "password", "Another-horse-8"))
                    .expect(200);
        }

        @Test
        @Row({"audionova GET /api/auth/user/profile/", "audionova PUT /api/auth/user/profile/"})
        void theProfile() {
            String name = verified();
            Api me = open().as(login(name).json().path("access").asString());
            String example = """
                    {"id":1,"username":"john_doe","email":"john@example.com"}""";
            shape(me.get("/api/auth/user/profile/").expect(200), example);
            String renamed = newName();
            Api.Answer updated = me.put("/api/auth/user/profile/", Map.of("username", renamed));
            shape(updated.expect(200), example);
            assertThat(me.get("/api/auth/user/profile/").json().path("username").asString())
                    .isEqualTo(renamed);
            assertThat(open().get("/api/auth/user/profile/").expect(401).json()).isEqualTo(Api.JSON.readTree("""
                    {"detail":"Authentication credentials were not provided."}"""));
        }

        private Api.Answer register(String name, String email, String password) {
            return open().post("/api/auth/register/", Map.of("username", name, "email", email, "password", password));
        }

        private String verified() {
            String name = newName();
            register(name, name + "@example.org", PASSWORD).expect(201);
            String token = new Mailbox(platform, name + "@example.org").token("verify");
            open().get("/api/auth/verify-email/" + token + "/").expect(200);
            return name;
        }

        private Api.Answer login(String name) {
            return open().post("/api/auth/login/", Map.of("email", name + "@example.org", "password", PASSWORD));
        }

        private Api.Answer refresh(String cookie) {
            return open().send(
                            "POST",
                            "/api/auth/token/refresh/",
                            BodyPublishers.noBody(),
                            "Cookie",
                            "refresh_token=" + cookie);
        }

        private String refreshCookie(Api.Answer answer) {
            String cookie = cookie(answer, "refresh_token");
            lasts(cookie, Duration.ofDays(7));
            assertThat(cookie).containsIgnoringCase("; HttpOnly").contains("SameSite=Lax", "Path=/api/auth/;");
            return value(cookie);
        }
    }

    @Nested
    class Veza {

        private static final String USER = """
                "user":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe","email":"john@example.com"}""";
        private static final String TOKENS = """
                {"access_token":"jwt","refresh_token":"jwt","expires_in":86400}""";
        private static final String PROFILE = """
                {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                "email":"john@example.com","bio":"Music producer","avatar":"https://cdn.veza.app/avatars/user123.jpg",
                "location":"Paris, France","created_at":"2025-01-01T00:00:00Z"}}}""";

        @Test
        @Row({
            "veza POST /api/v1/auth/register",
            "veza POST /api/v1/auth/login",
            "veza POST /api/v1/auth/refresh",
            "veza GET /api/v1/auth/me",
            "veza POST /api/v1/auth/logout"
        })
        void registeringLoggingInRefreshingAndOut() {
            String name = newName();
            Api.Answer registered = open().post(
                            "/api/v1/auth/register",
                            Map.of(
                                    "username",
                                    name,
                                    "email",
                                    name + "@example.org",
                                    "password",
                                    PASSWORD,
                                    "password_confirm",
                                    PASSWORD))
                    .expect(201);
            shape(registered, "{\"success\":true,\"data\":{" + USER + ",\"token\":" + TOKENS + "}}");
            Api.Answer login = login(name).expect(200);
            shape(login, "{\"success\":true,\"data\":{" + USER + ",\"token\":" + TOKENS + ",\"requires_2fa\":false}}");
            assertThat(login.data().path("token").path("expires_in").asInt()).isEqualTo(86_400);
            assertThat(login.data().path("requires_2fa").asBoolean(true)).isFalse();

            Api.Answer refreshed = open().post(
                            "/api/v1/auth/refresh",
                            Map.of(
                                    "refresh_token",
                                    login.data()
                                            .path("token")
                                            .path("refresh_token")
                                            .asString()))
                    .expect(200);
            shape(refreshed, "{\"success\":true,\"data\":" + TOKENS + "}");
            Api me = open().as(refreshed.data().path("access_token").asString());
            shape(me.get("/api/v1/auth/me").expect(200), """
                    {"success":true,"data":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                    "email":"john@example.com","role":"user"}}""");

            Map<String, String> token = Map.of(
                    "refresh_token", refreshed.data().path("refresh_token").asString());
            message(me.post("/api/v1/auth/logout", token), "Logged out successfully");
            open().post("/api/v1/auth/refresh", token).expect(401);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> me.get("/api/v1/auth/me").status() == 401);
            error(open().post("/api/v1/auth/login", Map.of("email", name + "@example.org", "password", "no")), 401);
        }

        @Test
        @Row({
            "veza GET /api/v1/auth/check-username",
            "veza POST /api/v1/auth/verify-email",
            "veza POST /api/v1/auth/resend-verification"
        })
        void namesAndAddresses() {
            Account ann = Account.register(platform);
            Api.Answer taken = open().get("/api/v1/auth/check-username?username=" + ann.username());
            shape(taken.expect(200), """
                    {"success":true,"data":{"username":"johndoe","available":true}}""");
            assertThat(taken.data().path("available").asBoolean(true)).isFalse();
            assertThat(open().get("/api/v1/auth/check-username?username=" + newName())
                            .data()
                            .path("available")
                            .asBoolean(false))
                    .isTrue();
            message(
                    open().post("/api/v1/auth/resend-verification", Map.of("email", ann.email())),
                    "Verification email sent");
            message(
                    open().post("/api/v1/auth/resend-verification", Map.of("email", newName() + "@example.org")),
                    "Verification email sent");
            String verify = "/api/v1/auth/verify-email?token=" + ann.verificationToken(platform);
            message(open().send("POST", verify, BodyPublishers.noBody()), "Email verified successfully");
            error(open().send("POST", verify, BodyPublishers.noBody()), 400);
        }

        @Test
        @Row({
            "veza PUT /api/v1/users/{id}",
            "veza GET /api/v1/users/{id}",
            "veza GET /api/v1/users/by-username/{username}",
            "veza GET /api/v1/users/{id}/completion"
        })
        void profiles() {
            Account ann = Account.register(platform);
            String path = "/api/v1/users/" + ann.id();
            Api.Answer completion = ann.api().get(path + "/completion").expect(200);
            shape(completion, """
                    {"success":true,"data":{"completion_percentage":75,"missing_fields":["bio","avatar"]}}""");
            assertThat(completion.text()).contains("\"bio\"", "\"avatar\"");

            Map<String, Object> update = new LinkedHashMap<>();
            update.put("username", ann.username());
            update.put("bio", "Updated bio");
            update.put("first_name", "John");
            update.put("last_name", "Doe");
            update.put("location", "New York, USA");
            update.put("gender", "Male");
            shape(ann.api().put(path, update).expect(200), """
                    {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                    "bio":"Updated bio","first_name":"John","last_name":"Doe"}}}""");
            ann.api()
                    .upload(path + "/avatar", "avatar", "me.png", PICTURE, Map.of())
                    .expect(200);

            shape(ann.api().get(path).expect(200), PROFILE);
            shape(ann.api().get("/api/v1/users/by-username/" + ann.username()).expect(200), """
                    {"success":true,"data":{"profile":{"id":"550e8400-e29b-41d4-a716-446655440000","username":"johndoe",
                    "bio":"Music producer","avatar":"https://cdn.veza.app/avatars/user123.jpg"}}}""");
            assertThat(ann.api()
                            .get(path + "/completion")
                            .data()
                            .path("completion_percentage")
                            .asInt())
                    .isGreaterThan(
                            completion.data().path("completion_percentage").asInt());

            // to others the address is nobody's business
            JsonNode strangers = open().get(path).expect(200).data().path("profile");
            assertThat(Api.keys(strangers))
                    .contains("id", "username", "bio", "avatar", "location", "created_at")
                    .doesNotContain("email");
            error(Account.register(platform).api().put(path, update), 403);
            error(open().get("/api/v1/users/" + UUID.randomUUID()), 404);
        }

        @Test
        @Row({"veza GET /api/v1/roles", "veza GET /api/v1/roles/{id}"})
        void roles() {
            Account ann = Account.register(platform);
            Api.Answer roles = ann.api().get("/api/v1/roles").expect(200);
            shape(roles, """
                    {"success":true,"data":{"roles":[{"id":"550e8400-e29b-41d4-a716-446655440000","name":"admin",
                    "permissions":["all"]}]}}""");
            String id = roles.data().path("roles").get(0).path("id").asString();
            shape(ann.api().get("/api/v1/roles/" + id).expect(200), """
                    {"success":true,"data":{"role":{"id":"550e8400-e29b-41d4-a716-446655440000","name":"admin",
                    "permissions":["all"]}}}""");
            error(ann.api().get("/api/v1/roles/" + UUID.randomUUID()), 404);
            error(open().get("/api/v1/roles"), 401);
        }

        @Test
        @Row({
            "veza GET /api/v1/sessions",
            "veza GET /api/v1/sessions/stats",
            "veza DELETE /api/v1/sessions/{session_id}",
            "veza POST /api/v1/sessions/logout",
            "veza POST /api/v1/sessions/logout-all"
        })
        void sessions() {
            Account ann = Account.register(platform);
            Api phone = open().as(accessToken(ann));
            Api laptop = open().as(accessToken(ann));
            Api.Answer sessions = phone.get("/api/v1/sessions").expect(200);
            shape(sessions, """
                    {"success":true,"data":{"sessions":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "ip_address":"192.168.1.1","user_agent":"Mozilla","created_at":"2025-01-01T00:00:00Z",
                    "last_activity":"2025-01-01T12:00:00Z"}]}}""");
            assertThat(sessions.data().path("sessions").size()).isEqualTo(3);
            Api.Answer stats = phone.get("/api/v1/sessions/stats").expect(200);
            shape(stats, """
                    {"success":true,"data":{"total_sessions":5,"active_sessions":3}}""");
            assertThat(stats.data().path("active_sessions").asInt()).isEqualTo(3);

            error(
                    Account.register(platform)
                            .api()
                            .delete("/api/v1/sessions/"
                                    + sessions.data()
                                            .path("sessions")
                                            .get(0)
                                            .path("id")
                                            .asString()),
                    404);
            message(laptop.send("POST", "/api/v1/sessions/logout", BodyPublishers.noBody()), "Logged out successfully");
            // every service has heard of it
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Stream.of(
                                    "/api/v1/auth/me",
                                    "/api/v1/tracks",
                                    "/api/v1/playlists",
                                    "/api/v1/webhooks",
                                    "/v1/ai/generations",
                                    "/api/vocal/files/",
                                    "/api/v1/audit/logs")
                            .allMatch(path -> laptop.get(path).status() == 401));
            // the oldest is the one of the registration
            JsonNode left = phone.get("/api/v1/sessions").data().path("sessions");
            assertThat(left.size()).isEqualTo(2);
            JsonNode oldest = left.get(
                    Instant.parse(left.get(0).path("created_at").asString())
                                    .isBefore(Instant.parse(
                                            left.get(1).path("created_at").asString()))
                            ? 0
                            : 1);
            message(phone.delete("/api/v1/sessions/" + oldest.path("id").asString()), "Session revoked successfully");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ann.api().get("/api/v1/auth/me").status() == 401);
            message(
                    phone.send("POST", "/api/v1/sessions/logout-all", BodyPublishers.noBody()),
                    "Logged out from all sessions");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> phone.get("/api/v1/auth/me").status() == 401);
        }

        @Test
        @Row({
            "veza GET /api/v1/audit/logs",
            "veza GET /api/v1/audit/stats",
            "veza GET /api/v1/admin/audit/logs",
            "veza GET /api/v1/admin/audit/stats",
            "veza GET /api/v1/admin/audit/suspicious"
        })
        void audit() {
            String logs = """
                    {"success":true,"data":{"logs":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "user_id":"660e8400-e29b-41d4-a716-446655440001","action":"track.uploaded","ip_address":"192.168.1.1",
                    "created_at":"2025-01-01T00:00:00Z"}],"pagination":{"page":1,"limit":20,"total":1,"total_pages":1}}}""";
            String stats = """
                    {"success":true,"data":{"total_logs":1000,"actions_count":{"track.uploaded":500,"playlist.created":300}}}""";
            Account ann = Account.register(platform);
            ann.uploadedTrack(Sounds.song(2), "Audited");
            ann.api().post("/api/v1/playlists", Map.of("title", "Audited")).expect(201);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ann.api()
                                    .get("/api/v1/audit/logs")
                                    .expect(200)
                                    .text())
                            .contains("account.registered", "track.uploaded", "playlist.created"));

            shape(ann.api().get("/api/v1/audit/logs"), logs);
            shape(ann.api().get("/api/v1/audit/stats").expect(200), stats);
            JsonNode rows = ann.api()
                    .get("/api/v1/audit/logs?action=track.uploaded")
                    .data()
                    .path("logs");
            assertThat(rows.size()).isEqualTo(1);
            assertThat(rows.get(0).path("user_id").asString()).isEqualTo(ann.id());
            assertThat(rows.get(0).path("ip_address").asString()).isEqualTo("127.0.0.1");
            assertThat(rows.get(0).path("user_agent").asString()).startsWith("Java-http-client");

            Api admin = platform.administrator();
            shape(admin.get("/api/v1/admin/audit/logs?user_id=" + ann.id()).expect(200), logs);
            shape(admin.get("/api/v1/admin/audit/stats").expect(200), stats);
            shape(admin.get("/api/v1/admin/audit/suspicious").expect(200), """
                    {"success":true,"data":{"findings":[],"total":1,"complete":true}}""");
            for (String path : List.of("logs", "stats", "suspicious")) {
                error(ann.api().get("/api/v1/admin/audit/" + path), 403);
                error(open().get("/api/v1/admin/audit/" + path), 401);
            }
            Platform.Output verified = platform.script(Duration.ofMinutes(2), "audit", "verify");
            assertThat(verified.exit()).as(verified.text()).isZero();
        }

        private Api.Answer login(String name) {
            return open().post(
                            "/api/v1/auth/login",
                            Map.of("email", name + "@example.org", "password", PASSWORD, "remember_me", false));
        }

        private String accessToken(Account account) {
            return login(account.username())
                    .expect(200)
                    .data()
                    .path("token")
                    .path("access_token")
                    .asString();
        }

        private static void message(Api.Answer answer, String message) {
            shape(answer.expect(200), "{\"success\":true,\"data\":{\"message\":\"x\"}}");
            assertThat(answer.data().path("message").asString()).isEqualTo(message);
        }

        private static void error(Api.Answer answer, int status) {
            shape(answer.expect(status), """
                    {"success":false,"error":{"code":"ERROR_CODE","message":"Human-readable error message","details":[]}}""");
            assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        }
    }

    @Nested
    class Musewave {

        private static final List<String> KEYS = List.of(
                "id",
                "username",
                "email",
                "display_name",
                "bio",
                "avatar_url",
                "header_url",
                "location",
                "website",
                "social_links",
                "verified",
                "created_at",
                "updated_at");

        @Test
        @Row({
            "musewave POST /musewave/users/create/",
            "musewave GET /musewave/users/{id}/",
            "musewave GET /musewave/users/username/{username}/",
            "musewave GET /musewave/users/",
            "musewave PATCH /musewave/users/{id}/update/"
        })
        void users() {
            String name = newName();
            Map<String, Object> wanted = Map.of(
                    "username",
                    name,
                    "email",
                    name + "@example.org",
                    "password",
                    PASSWORD,
                    "display_name",
                    "John Doe",
                    "bio",
                    "Music producer and DJ");
            Api.Answer created = open().post("/musewave/users/create/", wanted).expect(201);
            shape(created, """
                    {"id":"550e8400-e29b-41d4-a716-446655440000","username":"john_doe","email":"john@example.com",
                    "display_name":"John Doe","bio":"Music producer and DJ","verified":false,
                    "created_at":"2024-02-04T10:30:00Z","updated_at":"2024-02-04T10:30:00Z"}""");
            complete(created.json());
            assertThat(created.text()).doesNotContain(PASSWORD).doesNotContain("\"password");
            String session = cookie(created, "sessionid");
            assertThat(session).containsIgnoringCase("; HttpOnly").contains("SameSite=Lax", "Path=/;");
            String id = created.json().path("id").asString();

            JsonNode byId =
                    open().get("/musewave/users/" + id + "/").expect(200).json();
            complete(byId);
            assertThat(byId.path("email").isNull()).isTrue();
            JsonNode byName = open().get("/musewave/users/username/" + name + "/")
                    .expect(200)
                    .json();
            assertThat(byName).isEqualTo(byId);
            JsonNode all = open().get("/musewave/users/?limit=3").expect(200).json();
            assertThat(all.isArray()).isTrue();
            assertThat(all.size()).isBetween(1, 3);
            all.forEach(this::complete);

            Map<String, Object> update = Map.of(
                    "display_name",
                    "Johnny",
                    "location",
                    "Paris",
                    "website",
                    "https://example.org",
                    "social_links",
                    Map.of("twitter", "johnny"));
            Api.Answer updated = patch(
                            id, update, "Cookie", "sessionid=" + value(session), "Origin", platform.gateway())
                    .expect(200);
            complete(updated.json());
            assertThat(updated.json().path("display_name").asString()).isEqualTo("Johnny");
            assertThat(updated.json().path("social_links").path("twitter").asString())
                    .isEqualTo("johnny");
            assertThat(updated.json().path("email").asString()).isEqualTo(name + "@example.org");

            // from another site, by nobody, by somebody else, of nobody
            patch(id, update, "Cookie", "sessionid=" + value(session), "Origin", "https://evil.example")
                    .expect(403);
            patch(id, update, "Cookie", "sessionid=" + value(session)).expect(403);
            patch(id, update).expect(401);
            Account.register(platform)
                    .api()
                    .send(
                            "PATCH",
                            "/musewave/users/" + id + "/update/",
                            BodyPublishers.ofString("{}"),
                            "Content-Type",
                            "application/json")
                    .expect(403);
            shape(open().get("/musewave/users/" + UUID.randomUUID() + "/").expect(404), "{\"message\":\"x\"}");
            shape(open().post("/musewave/users/create/", wanted).expect(409), "{\"error\":\"x\"}");
        }

        private Api.Answer patch(String id, Object body, String... headers) {
            String[] all = Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "application/json";
            return open().send(
                            "PATCH",
                            "/musewave/users/" + id + "/update/",
                            BodyPublishers.ofString(Api.JSON.writeValueAsString(body)),
                            all);
        }

        private void complete(JsonNode user) {
            assertThat(Api.keys(user)).containsAll(KEYS);
            assertThat(Api.keys(user.path("social_links"))).contains("twitter", "instagram", "spotify", "soundcloud");
        }
    }

    @Nested
    class Processing {

        @Test
        @Row({"processing GET /login/", "processing POST /login/", "processing POST /logout/"})
        void loggingInAndOut() {
            Account ann = Account.register(platform);
            assertThat(open().get("/api/vocal/files/").expect(401).json()).isEqualTo(Api.JSON.readTree("""
                    {"detail":"Authentication credentials were not provided."}"""));

            Api.Answer page = open().get("/login/").expect(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            String before = cookie(page, "csrftoken");
            assertThat(before).contains("SameSite=Lax").doesNotContainIgnoringCase("HttpOnly");
            assertThat(page.text()).contains("csrfmiddlewaretoken", "<form");

            Api.Answer wrong = login(ann, "not it", value(before)).expect(200);
            assertThat(wrong.text()).contains("<form");
            assertThat(wrong.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("sessionid="));
            login(ann, PASSWORD, null).expect(403);

            Api.Answer in = login(ann, PASSWORD, value(before)).expect(302);
            assertThat(in.header("Location")).endsWith("/");
            String session = cookie(in, "sessionid");
            lasts(session, Duration.ofDays(14));
            assertThat(session).containsIgnoringCase("; HttpOnly").contains("SameSite=Lax", "Path=/;");
            String token = cookie(in, "csrftoken");
            assertThat(value(token)).isNotEqualTo(value(before));

            String cookies = "sessionid=" + value(session) + "; csrftoken=" + value(token);
            assertThat(open().get("/api/vocal/files/", "Cookie", cookies)
                            .expect(200)
                            .json()
                            .path("files")
                            .isArray())
                    .isTrue();
            for (String forged : List.of("", "x".repeat(64), value(before))) {
                assertThat(delete("Cookie", cookies, "X-CSRFToken", forged)
                                .expect(403)
                                .json())
                        .isEqualTo(Api.JSON.readTree("""
                        {"detail":"CSRF Failed: CSRF token missing or incorrect."}"""));
            }
            delete("Cookie", cookies, "X-CSRFToken", value(token)).expect(404);

            form("/logout/", Map.of("csrfmiddlewaretoken", value(token)), cookies)
                    .expect(302);
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            open().get("/api/vocal/files/", "Cookie", cookies).status() == 401);
        }

        private Api.Answer delete(String... headers) {
            return open().send("DELETE", "/api/vocal/files/999999999/delete/", BodyPublishers.noBody(), headers);
        }

        private Api.Answer login(Account account, String password, @Nullable String csrf) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("username", account.username());
            fields.put("password", password);
            if (csrf != null) {
                fields.put("csrfmiddlewaretoken", csrf);
            }
            return form("/login/", fields, csrf == null ? null : "csrftoken=" + csrf);
        }

        private Api.Answer form(String path, Map<String, String> fields, @Nullable String cookies) {
            String body = String.join(
                    "&",
                    fields.entrySet().stream()
                            .map(field ->
                                    field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .toList());
            String[] type = {"Content-Type", "application/x-www-form-urlencoded"};
            return open().send(
                            "POST",
                            path,
                            BodyPublishers.ofString(body),
                            cookies == null ? type : new String[] {type[0], type[1], "Cookie", cookies});
        }
    }

    // ---- for all dialects ---------------------------------------------------------------------------------------

    private Api open() {
        return platform.anonymous();
    }

    private static String newName() {
        return "e2e" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /** Compares with the example, and demands what every answer has. */
    private static void shape(Api.Answer answer, String example) {
        DocumentedJson.assertShape(answer.text(), example);
        assertThat(answer.header("X-Request-Id")).as(answer.request()).isNotBlank();
    }

    /** A cookie as it is set. */
    private static String cookie(Api.Answer answer, String name) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.request() + " sets no " + name + ": "
                        + answer.response().headers().map()));
    }

    /** A cookie that lives so long, from when its session began. */
    private static void lasts(String cookie, Duration duration) {
        Matcher age = MAX_AGE.matcher(cookie);
        assertThat(age.find()).as(cookie).isTrue();
        assertThat(Long.parseLong(age.group(1)))
                .isBetween(duration.minusMinutes(2).toSeconds(), duration.toSeconds());
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
