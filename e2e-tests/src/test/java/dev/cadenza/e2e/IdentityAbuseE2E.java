package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What attackers try on accounts, logins and tokens, through the gateway: refused in the dialect, never a 5xx. */
class IdentityAbuseE2E {

    private static final String PASSWORD = "Correct-horse-7-battery";
    private static final Duration REVOKED = Duration.ofSeconds(30);

    /** A path of each dialect that needs somebody, or at least looks at them, and what its refusals have. */
    private static final Map<String, String> DIALECTS = Map.of(
            "/api/v1/auth/me",
            "error",
            "/v1/ai/generations",
            "request_id",
            "/api/auth/user/profile/",
            "detail",
            "/api/vocal/files/",
            "detail",
            "/musewave/users/",
            "error");

    private final Platform platform = Platform.get();

    // ---- tokens -------------------------------------------------------------------------------------------------

    @Test
    void noForgedTokenIsBelievedAndNobodyAsksTheForgersServer() throws IOException, GeneralSecurityException {
        Account ann = Account.register(platform);
        AtomicInteger asked = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        elsewhere.start();
        try {
            String address = "http://127.0.0.1:" + elsewhere.getAddress().getPort();
            Api forger = open().from("127.7.1.1");
            new Forger(platform, ann, address)
                    .tokens()
                    .forEach((name, token) -> DIALECTS.forEach((path, member) -> {
                        Api.Answer answer = forger.as(token).get(path);
                        assertThat(answer.status())
                                .as(name + " at " + path + ": " + answer.text())
                                .isEqualTo(401);
                        assertThat(Api.keys(answer.json()))
                                .as(name + " at " + path)
                                .contains(member);
                    }));
            // more than a server reads: refused before anybody looks into it
            String endless = "x".repeat(64 * 1024);
            for (String path : DIALECTS.keySet()) {
                assertThat(forger.as(endless).get(path).status()).as(path).isIn(400, 401, 413, 431);
            }
            assertThat(asked).hasValue(0);
        } finally {
            elsewhere.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"veza", "audionova"})
    void aRefreshTokenThatIsUsedTwiceEndsTheSessionForBoth(String dialect) {
        Account ann = verified();
        boolean veza = dialect.equals("veza");
        Tokens first = veza ? vezaLogin(ann) : audionovaLogin(ann);
        Tokens second = veza ? vezaRefresh(first) : audionovaRefresh(first);
        if (veza) {
            open().post("/api/v1/auth/refresh", Map.of("refresh_token", first.refresh()))
                    .expect(401);
            open().post("/api/v1/auth/refresh", Map.of("refresh_token", second.refresh()))
                    .expect(401);
        } else {
            sendRefresh(first.refresh()).expect(401);
            sendRefresh(second.refresh()).expect(401);
        }
        // at the gateway, and at a service's own port as well
        for (String path : List.of(
                "/api/v1/tracks",
                "http://localhost:" + platform.port(82) + "/api/v1/tracks",
                "http://localhost:" + platform.port(83) + "/api/v1/playlists")) {
            await().atMost(REVOKED)
                    .until(() -> open().as(second.access()).get(path).status() == 401);
            open().as(first.access()).get(path).expect(401);
        }
        ann.api().get("/api/v1/auth/me").expect(200);
    }

    // ---- browsers -----------------------------------------------------------------------------------------------

    @Test
    void anotherSitesFormDoesNothing() {
        Browser ann = Browser.login(open(), Account.register(platform), null);
        Browser bob = Browser.login(open(), Account.register(platform), null);
        String path = "/api/vocal/files/999999999/delete/";
        List<String[]> forged = List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"X-CSRFToken", "x"},
                new String[] {"X-CSRFToken", "x".repeat(64)},
                new String[] {"X-CSRFToken", bob.csrf()},
                new String[] {"X-CSRFToken", ann.csrf().toUpperCase(Locale.ROOT) + "0"},
                new String[] {"X-CSRF-Token", ann.csrf()},
                new String[] {"Referer", platform.gateway() + "/?csrfmiddlewaretoken=" + ann.csrf()});
        for (String[] header : forged) {
            Api.Answer answer = open().send(
                            "DELETE",
                            path + "?csrfmiddlewaretoken=" + ann.csrf(),
                            BodyPublishers.noBody(),
                            "Cookie",
                            ann.cookies(),
                            header[0],
                            header[1]);
            assertThat(answer.expect(403).json().path("detail").asString())
                    .isEqualTo(
                            header[0].equals("Origin")
                                    ? "This origin may not call the API."
                                    : "CSRF Failed: CSRF token missing or incorrect.");
        }
        open().send("DELETE", path, BodyPublishers.noBody(), "Cookie", ann.cookies(), "X-CSRFToken", ann.csrf())
                .expect(404);
        // musewave goes by where the page is from
        for (String[] header : List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", platform.gateway() + ".evil.example"},
                new String[] {"Origin", "http://localhost.evil.example"},
                new String[] {"Referer", "https://evil.example/" + platform.gateway()},
                new String[] {"X-CSRFToken", ann.csrf()})) {
            for (String type : List.of("application/json", "text/plain")) {
                open().send(
                                "PATCH",
                                "/musewave/users/" + ann.account().id() + "/update/",
                                BodyPublishers.ofString("{\"display_name\":\"Taken over\"}"),
                                "Cookie",
                                ann.cookies(),
                                "Content-Type",
                                type,
                                header[0],
                                header[1])
                        .expect(403);
            }
        }
        assertThat(open().get("/musewave/users/" + ann.account().id() + "/").text())
                .doesNotContain("Taken over");
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNotTakenOver() {
        Browser mallory = Browser.login(open(), Account.register(platform), null);
        for (String planted : List.of("a".repeat(43), mallory.session())) {
            Account victim = Account.register(platform);
            Browser in = Browser.login(
                    open(), victim, planted.equals(mallory.session()) ? mallory : new Browser(victim, planted, ""));
            assertThat(in.session()).isNotEqualTo(planted).hasSizeGreaterThanOrEqualTo(43);
            open().get("/api/vocal/files/", "Cookie", in.cookies()).expect(200);
            await().atMost(REVOKED)
                    .until(() -> open().get("/api/vocal/files/", "Cookie", "sessionid=" + planted)
                                    .status()
                            == 401);
        }
    }

    // ---- mails --------------------------------------------------------------------------------------------------

    @Test
    void whatAMailCarriesWorksOnceAndOnlyUnchanged() {
        Account ann = Account.register(platform);
        String verification = new Mailbox(platform, ann.email()).token("verify");
        open().post("/api/auth/forgot-password/", Map.of("email", ann.email())).expect(200);
        String reset = new Mailbox(platform, ann.email()).token("reset");
        List<String> wrong = new ArrayList<>(tampered(verification));
        wrong.addAll(tampered(reset));
        for (String token : wrong) {
            refused(verifyVeza(token));
            refused(open().get("/api/auth/verify-email/" + token + "/"));
            refused(resetPassword(token));
        }
        // one is not the other
        refused(resetPassword(verification));
        refused(verifyVeza(reset));

        verifyVeza(verification).expect(200);
        verifyVeza(verification).expect(400);
        open().get("/api/auth/verify-email/" + verification + "/").expect(400);
        open().get("/api/auth/reset-password/" + reset + "/").expect(200);
        resetPassword(reset).expect(200);
        resetPassword(reset).expect(400);
        // whoever had the old password is out
        await().atMost(REVOKED).until(() -> ann.api().get("/api/v1/auth/me").status() == 401);
    }

    private static List<String> tampered(String token) {
        char last = token.charAt(token.length() - 1);
        char middle = token.charAt(token.length() / 2);
        return List.of(
                token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A'),
                token.substring(0, token.length() / 2)
                        + (middle == 'x' ? 'y' : 'x')
                        + token.substring(token.length() / 2 + 1),
                token.substring(1),
                token.substring(0, token.length() - 8),
                token + "A",
                "x",
                encode("{\"$gt\":\"\"}"),
                encode("../" + token),
                encode("' OR '1'='1"),
                "x".repeat(4_000));
    }

    private Api.Answer verifyVeza(String token) {
        return open().send("POST", "/api/v1/auth/verify-email?token=" + token, BodyPublishers.noBody());
    }

    private Api.Answer resetPassword(String token) {
        return open().post(
                        "/api/auth/reset-password/" + token + "/",
                        Map.of("new_password", "Another-horse-8", "confirm_password", "Another-horse-8"));
    }

    private static void refused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.request() + ": " + answer.text()).isBetween(400, 499);
    }

    @Test
    void nobodyLearnsWhoHasAnAccount() {
        Account ann = Account.register(platform);
        String nobody = Account.newName() + "@example.org";
        Api stranger = open().from("127.7.2.1");
        Map<String, Map<String, String>> ways = Map.of(
                "/api/auth/forgot-password/", Map.of(),
                "/api/v1/auth/resend-verification", Map.of(),
                "/api/v1/auth/login", Map.of("password", "Wrong-horse-7-battery"),
                "/api/auth/login/", Map.of("password", "Wrong-horse-7-battery"));
        ways.forEach((path, more) -> {
            List<String> answers = new ArrayList<>();
            for (String email : List.of(ann.email(), nobody)) {
                Map<String, String> body = new HashMap<>(more);
                body.put("email", email);
                Api.Answer answer = stranger.post(path, body);
                answers.add(answer.status() + " "
                        + new TreeSet<>(answer.response().headers().map().keySet()) + " " + answer.text());
            }
            assertThat(answers.getFirst()).as(path).isEqualTo(answers.getLast());
        });
    }

    // ---- passwords ----------------------------------------------------------------------------------------------

    @Test
    void guessingIsStoppedWithoutLockingTheOwnerOut() {
        Account ann = verified();
        Api stranger = open().from("127.7.3.1");
        Map<String, String> wrong = Map.of("email", ann.email(), "password", "Wrong-horse-7-battery");
        Map<String, String> right = Map.of("email", ann.email(), "password", PASSWORD);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12 && !statuses.contains(429); i++) {
            statuses.add(stranger.post("/api/v1/auth/login", wrong).status());
        }
        assertThat(statuses).containsOnly(401, 429).endsWith(429);
        // who is right is refused as well, in every dialect, and whatever address they claim to come from
        Api.Answer refused = stranger.post("/api/v1/auth/login", right).expect(429);
        assertThat(refused.header("Retry-After")).matches("[0-9]+");
        assertThat(refused.json().path("success").asBoolean(true)).isFalse();
        assertThat(Api.keys(stranger.post("/api/auth/login/", right).expect(429).json()))
                .containsExactly("detail");
        for (String claimed : List.of("127.0.0.1", "203.0.113.7", "127.0.0.1, 127.0.0.1")) {
            for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP")) {
                stranger.send(
                                "POST",
                                "/api/v1/auth/login",
                                BodyPublishers.ofString(Api.JSON.writeValueAsString(right)),
                                "Content-Type",
                                "application/json",
                                header,
                                header.equals("Forwarded") ? "for=" + claimed : claimed)
                        .expect(429);
            }
        }
        open().post("/api/v1/auth/login", right).expect(200);
        open().post("/api/auth/login/", right).expect(200);
    }

    // ---- what is sent along ---------------------------------------------------------------------------------------

    @Test
    void nobodyMakesThemselvesMoreThanTheyAre() {
        Map<String, Object> more = new HashMap<>();
        more.put("role", "admin");
        more.put("roles", List.of("admin", "partner"));
        more.put("realm_roles", List.of("admin"));
        more.put("is_staff", true);
        more.put("is_superuser", true);
        more.put("is_admin", true);
        more.put("verified", true);
        more.put("is_verified", true);
        more.put("email_verified", true);
        more.put("emailVerified", true);
        more.put("number", 1);
        more.put("id", "00000000-0000-7000-8000-000000000001");
        more.put("_id", 1);
        more.put("locked", false);
        more.put("status", "ACTIVE");
        more.put("state", Map.of("roles", List.of("admin"), "verified", true));
        more.put("attributes", Map.of("cadenza_id", List.of("00000000-0000-7000-8000-000000000001")));
        more.put("created_at", "2001-01-01T00:00:00Z");
        more.put("password_hash", "x");
        more.put("otp_enabled", false);

        for (String path : List.of("/api/v1/auth/register", "/api/auth/register/", "/musewave/users/create/")) {
            String name = Account.newName();
            Map<String, Object> body = new HashMap<>(more);
            body.putAll(Map.of("username", name, "email", name + "@example.org"));
            body.putAll(Map.of("password", PASSWORD, "password_confirm", PASSWORD));
            Api.Answer answer = open().post(path, body);
            assertThat(answer.status()).as(path + ": " + answer.text()).isIn(201, 400, 422);
            if (answer.status() == 201) {
                ordinary(name);
            }
        }
        Account ann = Account.register(platform);
        Map<String, Object> profile = new HashMap<>(more);
        profile.put("email", "taken-over@example.org");
        profile.put("password", "Another-horse-8");
        profile.put("bio", "Nothing special");
        String user = "/api/v1/users/" + ann.id();
        ann.api().put(user, profile).expect(200);
        ordinary(ann.username());
        ann.api().put("/api/auth/user/profile/", profile).expect(200);
        ordinary(ann.username());
        ann.api()
                .send(
                        "PATCH",
                        "/musewave/users/" + ann.id() + "/update/",
                        BodyPublishers.ofString(Api.JSON.writeValueAsString(profile)),
                        "Content-Type",
                        "application/json")
                .expect(200);
        ordinary(ann.username());

        // nor may a key have what its owner has not, belong to another, or be chosen
        refused(ann.api().post("/api/v1/api-keys", Map.of("name", "more", "scopes", List.of("admin:write"))));
        Map<String, Object> key = new HashMap<>(more);
        key.putAll(Map.of(
                "name",
                "mine",
                "scopes",
                List.of("tracks:read"),
                "user_id",
                administratorId(),
                "secret",
                "cdz_chosen"));
        JsonNode made = ann.api().post("/api/v1/api-keys", key).expect(201).data();
        assertThat(made.path("secret").asString()).isNotEqualTo("cdz_chosen");
        assertThat(made.path("api_key").path("id").asString()).matches("key_[0-9a-f]{16}");
        assertThat(open().as(made.path("secret").asString())
                        .get("/api/v1/tracks")
                        .status())
                .isEqualTo(200);
    }

    /** That this is a new user like others. */
    private void ordinary(String name) {
        JsonNode login = open().post("/api/v1/auth/login", Map.of("email", name + "@example.org", "password", PASSWORD))
                .expect(200)
                .data();
        Api api = open().as(login.path("token").path("access_token").asString());
        JsonNode me = api.get("/api/v1/auth/me").expect(200).data();
        assertThat(me.path("role").asString()).isEqualTo("user");
        assertThat(me.path("username").asString()).isEqualTo(name);
        assertThat(me.path("id").asString()).isNotEqualTo("00000000-0000-7000-8000-000000000001");
        JsonNode profile = api.get("/api/v1/users/" + me.path("id").asString())
                .expect(200)
                .data()
                .path("profile");
        assertThat(profile.path("verified").asBoolean(true)).isFalse();
        assertThat(profile.path("created_at").asString()).isGreaterThan("2002");
        api.get("/api/v1/admin/users").expect(403);
        api.get("/api/v1/admin/audit/logs").expect(403);
        assertThat(api.get("/api/auth/user/profile/")
                        .expect(200)
                        .json()
                        .path("id")
                        .asLong())
                .isGreaterThan(1);
    }

    @Test
    void aLineBreakSplitsNothing() {
        Account ann = Account.register(platform);
        String evil = Account.newName() + "@evil.example";
        String header =
                "\r\nX-Injected: yes\r\nSet-Cookie: sessionid=injected\r\nLocation: https://evil.example\r\n\r\n";
        String mail = "\r\nBcc: " + evil + "\r\nSubject: Hello\r\n\r\n";
        List<Api.Answer> answers = new ArrayList<>();
        for (String value :
                List.of("x" + header, header + "x", "x\nBcc: " + evil, "x" + mail, "x\ry", "\u2028x\u0085x")) {
            Map<String, String> registration = Map.of(
                    "username", value,
                    "email", ann.username() + ".2@example.org" + value,
                    "password", PASSWORD,
                    "password_confirm", PASSWORD);
            answers.add(open().post("/api/v1/auth/register", registration));
            answers.add(open().post("/api/auth/register/", registration));
            answers.add(open().post("/musewave/users/create/", registration));
            for (String path : List.of("/api/v1/auth/resend-verification", "/api/auth/forgot-password/")) {
                answers.add(open().post(path, Map.of("email", ann.email() + value)));
                answers.add(open().post(path, Map.of("email", value + ann.email())));
            }
            for (Api.Answer answer : answers) {
                refused(answer);
            }
            answers.add(open().get("/api/v1/auth/check-username?username=" + encode(value)));
            answers.add(open().get("/api/v1/users/by-username/" + encode(value)));
            answers.add(open().get("/musewave/users/username/" + encode(value) + "/"));
            answers.add(open().get("/login/?next=" + encode(value)));
            answers.add(open().get("/api/auth/verify-email/" + encode(value) + "/"));
            for (String field : List.of("display_name", "avatar", "website", "location", "username")) {
                answers.add(ann.api().put("/api/v1/users/" + ann.id(), Map.of(field, value)));
            }
            answers.add(ann.api().post("/api/v1/api-keys", Map.of("name", value, "scopes", List.of("tracks:read"))));
            Browser page = Browser.visit(open(), ann);
            answers.add(page.post(open(), "/login/", Map.of("username", value, "password", "x", "next", value)));
            for (Api.Answer answer : answers) {
                assertThat(answer.status()).as(answer.request()).isLessThan(500);
                assertThat(answer.header("X-Injected")).as(answer.request()).isNull();
                assertThat(answer.response().headers().allValues("Set-Cookie"))
                        .as(answer.request())
                        .noneMatch(cookie -> cookie.contains("injected"));
                assertThat(Objects.requireNonNullElse(answer.header("Location"), ""))
                        .as(answer.request())
                        .doesNotContain("evil");
            }
            answers.clear();
        }
        // whoever registers with a name that a mail shows gets one mail, and nobody else any
        new Mailbox(platform, ann.email()).token("verify");
        assertThat(new Mailbox(platform, evil).count("")).isZero();
    }

    // ---- deleting -----------------------------------------------------------------------------------------------

    @Test
    void whoIsDeletedIsGoneEverywhere() {
        Account ann = verified();
        String track = ann.uploadedTrack(Sounds.song(1), "Last song");
        String playlist = ann.api()
                .post("/api/v1/playlists", Map.of("title", "Last list", "is_public", true))
                .expect(201)
                .data()
                .path("playlist")
                .path("id")
                .asString();
        String key = ann.api()
                .post("/api/v1/api-keys", Map.of("name", "last", "scopes", List.of("tracks:read")))
                .expect(201)
                .data()
                .path("secret")
                .asString();
        Tokens tokens = vezaLogin(ann);
        Browser browser = Browser.login(open(), ann, null);
        open().as(key).get("/api/v1/tracks").expect(200);
        open().get("/api/v1/tracks/" + track).expect(200);

        Account bob = Account.register(platform);
        bob.api().get("/api/v1/playlists/" + playlist).expect(200);
        bob.api().delete("/api/v1/users/" + ann.id()).expect(403);
        ann.api().delete("/api/v1/users/" + ann.id()).expect(200);

        await().atMost(REVOKED).untilAsserted(() -> {
            for (String token : List.of(tokens.access(), key)) {
                open().as(token).get("/api/v1/tracks").expect(401);
            }
            ann.api().get("/api/v1/auth/me").expect(401);
            open().get("/api/vocal/files/", "Cookie", browser.cookies()).expect(401);
        });
        open().post("/api/v1/auth/refresh", Map.of("refresh_token", tokens.refresh()))
                .expect(401);
        open().post("/api/v1/auth/login", Map.of("email", ann.email(), "password", PASSWORD))
                .expect(401);
        open().post("/api/auth/login/", Map.of("email", ann.email(), "password", PASSWORD))
                .expect(400);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String path : List.of(
                    "/api/v1/tracks/" + track,
                    "/api/v1/tracks/" + track + "/download",
                    "/api/v1/playlists/" + playlist,
                    "/api/v1/users/" + ann.id(),
                    "/api/v1/users/by-username/" + ann.username(),
                    "/musewave/users/" + ann.id() + "/")) {
                bob.api().get(path).expect(404);
            }
        });
    }

    // ---- helpers ------------------------------------------------------------------------------------------------

    private Api open() {
        return platform.anonymous();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** audionova lets nobody in before. */
    private Account verified() {
        Account account = Account.register(platform);
        verifyVeza(new Mailbox(platform, account.email()).token("verify")).expect(200);
        return account;
    }

    private String administratorId() {
        return platform.administrator()
                .get("/api/v1/auth/me")
                .expect(200)
                .data()
                .path("id")
                .asString();
    }

    private record Tokens(String access, String refresh) {}

    private Tokens vezaLogin(Account account) {
        return vezaTokens(open().post("/api/v1/auth/login", Map.of("email", account.email(), "password", PASSWORD))
                .expect(200)
                .data()
                .path("token"));
    }

    private Tokens vezaRefresh(Tokens tokens) {
        return vezaTokens(open().post("/api/v1/auth/refresh", Map.of("refresh_token", tokens.refresh()))
                .expect(200)
                .data());
    }

    private static Tokens vezaTokens(JsonNode token) {
        return new Tokens(
                token.path("access_token").asString(),
                token.path("refresh_token").asString());
    }

    private Tokens audionovaLogin(Account account) {
        return audionovaTokens(open().post("/api/auth/login/", Map.of("email", account.email(), "password", PASSWORD)));
    }

    private Tokens audionovaRefresh(Tokens tokens) {
        return audionovaTokens(sendRefresh(tokens.refresh()));
    }

    private Api.Answer sendRefresh(String cookie) {
        return open().send(
                        "POST",
                        "/api/auth/token/refresh/",
                        BodyPublishers.noBody(),
                        "Cookie",
                        "refresh_token=" + cookie);
    }

    private static Tokens audionovaTokens(Api.Answer answer) {
        return new Tokens(answer.expect(200).json().path("access").asString(), Browser.cookie(answer, "refresh_token"));
    }
}
