package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What databases and parsers stumble over, in every field of every body of the identity endpoints. */
class HostileFieldsE2E {

    private static final String PASSWORD = "Correct-horse-7-battery";

    private static final List<@Nullable Object> VALUES = Arrays.asList(
            Map.of("$gt", ""),
            Map.of("$ne", Map.of("$where", "sleep(1000)")),
            List.of(),
            List.of(Map.of("$regex", ".*")),
            Arrays.asList(null, 1, "x"),
            null,
            -1,
            1e300,
            Long.MAX_VALUE,
            true,
            "{\"$gt\":\"\"}",
            "' OR '1'='1' --",
            "$where",
            "\u0000",
            "\ud800",
            "x".repeat(200_000));

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);

    /**
     * A body that is right.
     *
     * @param needed the fields without which nothing works; what is hostile there is always refused
     */
    private record Form(Api api, String method, String path, List<String> needed, Supplier<Map<String, Object>> body) {}

    @Test
    void everyFieldBearsEverything() {
        // from elsewhere: whoever guesses so often has to wait
        Api guest = platform.anonymous().from("127.7.4.1");
        Api user = ann.api().from("127.7.4.1");
        String key = user.post("/api/v1/api-keys", Map.of("name", "x", "scopes", List.of("tracks:read")))
                .expect(201)
                .data()
                .path("api_key")
                .path("id")
                .asString();
        Map<String, Object> profile = new HashMap<>();
        for (String field :
                List.of("username", "first_name", "last_name", "display_name", "bio", "gender", "location")) {
            profile.put(field, "Fine");
        }
        profile.put("username", ann.username());
        for (String field : List.of("avatar", "header_url", "website")) {
            profile.put(field, "https://example.org/");
        }
        profile.put("social_links", Map.of("twitter", "ann"));
        Map<String, Object> ofMusewave = new HashMap<>(profile);
        ofMusewave.put("avatar_url", "https://example.org/");
        List<String> names = List.of("username", "email", "password");
        List<Form> forms = List.of(
                new Form(
                        guest,
                        "POST",
                        "/api/v1/auth/register",
                        List.of("username", "email", "password", "password_confirm"),
                        HostileFieldsE2E::registration),
                new Form(guest, "POST", "/api/auth/register/", names, HostileFieldsE2E::registration),
                new Form(guest, "POST", "/musewave/users/create/", names, HostileFieldsE2E::creation),
                new Form(guest, "POST", "/api/v1/auth/login", List.of("email", "password"), HostileFieldsE2E::login),
                new Form(guest, "POST", "/api/auth/login/", List.of("email", "password"), HostileFieldsE2E::login),
                form(guest, "POST", "/api/v1/auth/refresh", Map.of("refresh_token", "x")),
                form(guest, "POST", "/api/v1/auth/resend-verification", Map.of("email", "x@example.org")),
                form(guest, "POST", "/api/auth/forgot-password/", Map.of("email", "x@example.org")),
                form(
                        guest,
                        "POST",
                        "/api/auth/reset-password/x/",
                        Map.of("new_password", PASSWORD, "confirm_password", PASSWORD)),
                form(
                        user,
                        "POST",
                        "/api/v1/auth/change-password",
                        Map.of("current_password", "x", "new_password", PASSWORD)),
                form(user, "POST", "/api/v1/auth/2fa", Map.of("password", "x")),
                form(user, "POST", "/api/v1/auth/2fa/confirm", Map.of("otp", "123456")),
                form(user, "DELETE", "/api/v1/auth/2fa", Map.of("password", "x", "otp", "123456")),
                new Form(user, "POST", "/api/v1/api-keys", List.of("name", "scopes"), HostileFieldsE2E::key),
                new Form(
                        user,
                        "POST",
                        "/api/v1/api-keys/" + key + "/rotate",
                        List.of(),
                        () -> Map.of("grace_seconds", 60)),
                new Form(user, "PUT", "/api/v1/users/" + ann.id(), List.of(), () -> profile),
                new Form(user, "PUT", "/api/auth/user/profile/", List.of(), () -> profile),
                new Form(user, "PATCH", "/musewave/users/" + ann.id() + "/update/", List.of(), () -> ofMusewave),
                form(
                        platform.administrator(),
                        "PUT",
                        "/api/v1/admin/users/" + ann.id() + "/roles",
                        Map.of("roles", List.of("user"))),
                // the last: it ends the session
                form(user, "POST", "/api/v1/auth/logout", Map.of("refresh_token", "x")));
        List<String> wrong = new ArrayList<>();
        for (Form form : forms) {
            for (String field : form.body().get().keySet()) {
                for (Object value : VALUES) {
                    Map<String, @Nullable Object> body =
                            new HashMap<>(form.body().get());
                    body.put(field, value);
                    Api.Answer answer = send(form, body);
                    // a list of nothing is a list, and text may be any text
                    boolean refused = form.needed().contains(field)
                            && (value == null || value instanceof Map || isListOfNoText(value));
                    if (answer.status() >= 500 || refused && answer.status() < 400) {
                        wrong.add(answer.request() + " " + field + "=" + shortened(String.valueOf(value)) + ": "
                                + answer.status() + " " + shortened(answer.text()));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void pathsAndQueriesBearEverythingToo() {
        Api admin = platform.administrator();
        List<String> wrong = new ArrayList<>();
        for (Object value : VALUES) {
            String text = encoded(
                    value instanceof Collection || value instanceof Map
                            ? Api.JSON.writeValueAsString(value)
                            : String.valueOf(value)
                                    .substring(
                                            0,
                                            Math.min(
                                                    2_000, String.valueOf(value).length())));
            for (String path : List.of(
                    "/api/v1/auth/check-username?username=" + text,
                    "/api/v1/auth/check-username?username%5B%24gt%5D=" + text,
                    "/api/v1/users/" + text,
                    "/api/v1/users/by-username/" + text,
                    "/api/v1/users/" + text + "/completion",
                    "/api/v1/roles/" + text,
                    "/api/v1/api-keys/" + text,
                    "/api/v1/sessions?page=" + text,
                    "/api/v1/admin/users?q=" + text,
                    "/api/v1/admin/users?role=" + text,
                    "/api/v1/admin/users?locked=" + text,
                    "/api/v1/admin/users?page=" + text + "&limit=" + text,
                    "/api/v1/admin/users/" + text,
                    "/api/v1/admin/audit/logs?action=" + text + "&ip_address=" + text,
                    "/api/v1/admin/audit/logs?user_id=" + text,
                    "/api/v1/admin/audit/logs?start_date=" + text + "&page=" + text,
                    "/api/v1/audit/logs?limit=" + text,
                    "/api/auth/verify-email/" + text + "/",
                    "/musewave/users/?limit=" + text + "&offset=" + text,
                    "/musewave/users/" + text + "/",
                    "/musewave/users/username/" + text + "/",
                    "/media/avatars/" + text,
                    "/login/?next=" + text)) {
                Api.Answer answer = admin.get(path);
                if (answer.status() >= 500) {
                    wrong.add(shortened(path) + ": " + answer.status() + " " + shortened(answer.text()));
                }
            }
        }
        // the same as forms
        Browser page = Browser.visit(platform.anonymous(), ann);
        Api elsewhere = platform.anonymous().from("127.7.5.1");
        for (String name : List.of("username[$gt]", "password[$ne]", "otp[]", "username[$regex]")) {
            Map<String, String> form = new LinkedHashMap<>(Map.of("username", "nobody", "password", "x"));
            form.put(encoded(name), "");
            assertThat(page.post(elsewhere, "/login/", form).status()).isLessThan(500);
            assertThat(elsewhere
                            .postText(
                                    "/api/auth/login/",
                                    "application/x-www-form-urlencoded",
                                    encoded(name) + "=x&email%5B%24gt%5D=")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(wrong).isEmpty();
    }

    private static Api.Answer send(Form form, Map<String, @Nullable Object> body) {
        return form.api()
                .send(
                        form.method(),
                        form.path(),
                        BodyPublishers.ofString(Api.JSON.writeValueAsString(body)),
                        "Content-Type",
                        "application/json");
    }

    /** All of its fields are needed. */
    private static Form form(Api api, String method, String path, Map<String, Object> body) {
        return new Form(api, method, path, List.copyOf(body.keySet()), () -> body);
    }

    private static Map<String, Object> registration() {
        String name = Account.newName();
        return Map.of(
                "username", name, "email", name + "@example.org", "password", PASSWORD, "password_confirm", PASSWORD);
    }

    private static Map<String, Object> creation() {
        Map<String, Object> body = new HashMap<>(registration());
        body.remove("password_confirm");
        body.put("display_name", "Fine");
        body.put("social_links", Map.of("twitter", "x"));
        return body;
    }

    /** Each of somebody else: who fails too often is not listened to any more. */
    private static Map<String, Object> login() {
        return Map.of(
                "email", Account.newName() + "@example.org", "password", "x", "remember_me", true, "otp", "123456");
    }

    private static Map<String, Object> key() {
        return Map.of(
                "name",
                UUID.randomUUID().toString(),
                "scopes",
                List.of("tracks:read"),
                "expires_in_days",
                30,
                "requests_per_minute",
                60);
    }

    private static boolean isListOfNoText(Object value) {
        return value instanceof List<?> list && !list.isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "…";
    }
}
