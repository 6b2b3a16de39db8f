package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What takes minutes: Keycloak away or hanging for one, mail tokens whose time is over, what time tells. */
@Tag("nightly")
class IdentityNightlyE2E {

    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration TOKENS = Duration.ofSeconds(20);

    private final Platform platform = Platform.with(
            "auth-service:cadenza.account.tokens-valid-for=" + TOKENS.toSeconds() + "s",
            "auth-service:cadenza.account.resets-valid-for=" + TOKENS.toSeconds() + "s");

    @Test
    void withoutKeycloakForAMinuteOnlyLoggingInHasToWait() {
        AtomicBoolean over = new AtomicBoolean();
        Thread killer = Thread.ofVirtual().unstarted(() -> {
            while (!over.get()) {
                // it is started again, and again, and never gets as far as listening
                platform.process("keycloak").ifPresent(ProcessHandle::destroyForcibly);
                pause(Duration.ofMillis(200));
            }
        });
        outlasts(killer::start, () -> {
            over.set(true);
            join(killer);
        });
    }

    @Test
    void withAHangingKeycloakForAMinuteOnlyLoggingInHasToWait() {
        ProcessHandle keycloak = platform.process("keycloak").orElseThrow();
        outlasts(() -> platform.signal(keycloak, "STOP"), () -> platform.signal(keycloak, "CONT"));
    }

    private void outlasts(Runnable begin, Runnable end) {
        Account ann = Account.register(platform);
        Account bob = Account.register(platform);
        Browser browser = Browser.login(platform.anonymous(), ann, null);
        String refresh = refresh(bob);
        String key = ann.api()
                .post("/api/v1/api-keys", Map.of("name", "program", "scopes", List.of("tracks:read")))
                .expect(201)
                .data()
                .path("secret")
                .asString();
        Map<String, Supplier<Api.Answer>> known = new LinkedHashMap<>();
        for (String path : List.of(
                "/api/v1/auth/me",
                "/api/v1/sessions",
                "/api/v1/tracks",
                "/api/v1/playlists",
                "/api/v1/webhooks",
                "/api/v1/audit/logs",
                "/v1/ai/generations",
                "/api/vocal/files/",
                "/api/auth/user/profile/")) {
            known.put("token " + path, () -> ann.api().get(path));
        }
        known.put("session", () -> platform.anonymous().get("/api/vocal/files/", "Cookie", browser.cookies()));
        known.put("key", () -> platform.anonymous().get("/api/v1/tracks", "X-API-Key", key));
        // each service knows Keycloak's keys from the first token that it saw
        known.forEach((name, request) -> request.get().expect(200));
        Browser page = Browser.visit(platform.anonymous(), ann);

        Map<String, String> login = Map.of("email", ann.email(), "password", ann.password());
        Map<String, String> newcomer = registration();
        Map<String, String> singer = registration();
        Map<String, Supplier<Api.Answer>> waiting = new LinkedHashMap<>();
        waiting.put("veza login", () -> platform.anonymous().post("/api/v1/auth/login", login));
        waiting.put("audionova login", () -> platform.anonymous().post("/api/auth/login/", login));
        waiting.put(
                "processing login",
                () -> page.post(
                        platform.anonymous(),
                        "/login/",
                        Map.of("username", ann.username(), "password", ann.password())));
        waiting.put("veza register", () -> platform.anonymous().post("/api/v1/auth/register", newcomer));
        waiting.put("audionova register", () -> platform.anonymous().post("/api/auth/register/", singer));
        waiting.put(
                "refresh", () -> platform.anonymous().post("/api/v1/auth/refresh", Map.of("refresh_token", refresh)));
        waiting.put(
                "change of password",
                () -> bob.api()
                        .post(
                                "/api/v1/auth/change-password",
                                Map.of("current_password", bob.password(), "new_password", "Another-horse-8-battery")));

        List<String> wrong = new ArrayList<>();
        int rounds = 0;
        begin.run();
        Instant begun = Instant.now();
        try {
            pause(Duration.ofSeconds(1));
            while (Instant.now().isBefore(begun.plus(OUTAGE))) {
                known.forEach((name, request) -> ask(name, 200, request, wrong));
                waiting.forEach((name, request) -> {
                    Api.Answer answer = ask(name, 503, request, wrong);
                    JsonNode body = answer.json();
                    boolean dialects = name.startsWith("audionova") || name.startsWith("processing")
                            ? !body.path("detail").asString("").isEmpty()
                            : !body.path("error").path("code").asString("").isEmpty();
                    String retry = answer.header("Retry-After");
                    if (!dialects || retry == null || !retry.matches("[0-9]+")) {
                        wrong.add(name + " answers " + answer.text() + ", Retry-After " + retry);
                    }
                });
                rounds++;
            }
        } finally {
            end.run();
        }
        assertThat(wrong).isEmpty();
        assertThat(rounds).isPositive();
        System.out.println(
                rounds + " rounds in " + Duration.between(begun, Instant.now()).toSeconds() + " s");

        platform.awaitHealthy("keycloak");
        succeeds(waiting.get("veza login"));
        for (String repeated : List.of("veza register", "audionova register")) {
            assertThat(succeeds(waiting.get(repeated)).status()).as(repeated).isEqualTo(201);
        }
        succeeds(waiting.get("refresh"));
        succeeds(waiting.get("processing login"));
        succeeds(() -> platform.anonymous().post("/api/v1/auth/login", newcomer));
        Mailbox mailbox = new Mailbox(platform, newcomer.getOrDefault("email", ""));
        mailbox.token("verify");
        assertThat(mailbox.count("verify-email")).isEqualTo(1);
        succeeds(waiting.get("change of password"));
        known.forEach((name, request) -> request.get().expect(200));
    }

    /** Within five seconds, and with this status. */
    private static Api.Answer ask(String name, int status, Supplier<Api.Answer> request, List<String> wrong) {
        Instant begun = Instant.now();
        Api.Answer answer = request.get();
        Duration took = Duration.between(begun, Instant.now());
        if (answer.status() != status || took.compareTo(LONGEST) > 0) {
            wrong.add(name + ": " + answer.status() + " after " + took.toMillis() + " ms: " + answer.text());
        }
        return answer;
    }

    /** Breakers let few through at first. */
    private static Api.Answer succeeds(@Nullable Supplier<Api.Answer> request) {
        return await().atMost(Duration.ofSeconds(60))
                .until(Objects.requireNonNull(request)::get, answer -> answer.status() < 400);
    }

    @Test
    void tokensOfMailsExpire() {
        Account ann = Account.register(platform);
        Mailbox mailbox = new Mailbox(platform, ann.email());
        String verification = mailbox.token("verify");
        platform.anonymous()
                .post("/api/auth/forgot-password/", Map.of("email", ann.email()))
                .expect(200);
        String reset = mailbox.token("reset-password");
        Map<String, String> chosen =
                Map.of("new_password", "Another-horse-8-battery", "confirm_password", "Another-horse-8-battery");
        pause(TOKENS);

        JsonNode refused = platform.anonymous()
                .send("POST", "/api/v1/auth/verify-email?token=" + verification, BodyPublishers.noBody())
                .expect(400)
                .json();
        assertThat(refused.path("error").path("code").asString()).isEqualTo("VERIFICATION_INVALID_TOKEN");
        Api.Answer link = platform.anonymous()
                .get("/api/auth/verify-email/" + verification + "/")
                .expect(400);
        assertThat(Api.keys(link.json())).containsExactly("error");
        Api.Answer late = platform.anonymous()
                .post("/api/auth/reset-password/" + reset + "/", chosen)
                .expect(400);
        assertThat(Api.keys(late.json())).containsExactly("error");
        assertThat(platform.anonymous()
                        .send(
                                "POST",
                                "/api/auth/reset-password/" + reset + "/",
                                BodyPublishers.ofString("new_password=Another-horse-8-battery"
                                        + "&confirm_password=Another-horse-8-battery"),
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "Accept",
                                "text/html,*/*;q=0.8")
                        .expect(400)
                        .text())
                .contains("This link does not work");
        // nothing has happened: the old password is good, the address still unproved
        Map<String, String> login = Map.of("email", ann.email(), "password", ann.password());
        platform.anonymous().post("/api/v1/auth/login", login).expect(200);
        platform.anonymous().post("/api/auth/login/", login).expect(400);

        // newer ones are good
        platform.anonymous()
                .post("/api/v1/auth/resend-verification", Map.of("email", ann.email()))
                .expect(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> mailbox.count("verify-email") == 2);
        platform.anonymous()
                .send(
                        "POST",
                        "/api/v1/auth/verify-email?token=" + mailbox.token("verify-email"),
                        BodyPublishers.noBody())
                .expect(200);
        platform.anonymous()
                .post("/api/auth/forgot-password/", Map.of("email", ann.email()))
                .expect(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> mailbox.count("reset-password") == 2);
        platform.anonymous()
                .post("/api/auth/reset-password/" + mailbox.token("reset-password") + "/", chosen)
                .expect(200);
        platform.anonymous()
                .post(
                        "/api/auth/login/",
                        Map.of("email", ann.email(), "password", chosen.getOrDefault("new_password", "")))
                .expect(200);
    }

    /** Each pair of requests asks for an account that there is and for one that there is not, in turns. */
    @Test
    void noAnswerTakesLongerBecauseThereIsAnAccount() {
        Map<String, Map<String, String>> ways = Map.of(
                "/api/v1/auth/login", Map.of("password", "Wrong-horse-7-battery"),
                "/api/auth/login/", Map.of("password", "Wrong-horse-7-battery"),
                "/api/v1/auth/resend-verification", Map.of(),
                "/api/auth/forgot-password/", Map.of());
        Map<String, List<Long>> known = new HashMap<>();
        Map<String, List<Long>> unknown = new HashMap<>();
        for (int pair = -10; pair < 50; pair++) {
            Account ann = Account.register(platform);
            String nobody = Account.newName() + "@example.org";
            // whoever guesses has to wait: each time from another network
            Api from = platform.anonymous().from("127.8." + (pair + 10) + ".1");
            for (Map.Entry<String, Map<String, String>> way : ways.entrySet()) {
                for (int turn = 0; turn < 2; turn++) {
                    boolean there = (turn == 0) == (pair % 2 == 0);
                    Map<String, String> body = new HashMap<>(way.getValue());
                    body.put("email", there ? ann.email() : nobody);
                    long begun = System.nanoTime();
                    from.post(way.getKey(), body);
                    long took = System.nanoTime() - begun;
                    if (pair >= 0) {
                        (there ? known : unknown)
                                .computeIfAbsent(way.getKey(), path -> new ArrayList<>())
                                .add(took);
                    }
                }
            }
        }
        ways.keySet().forEach(path -> {
            double there = median(known.getOrDefault(path, List.of()));
            double missing = median(unknown.getOrDefault(path, List.of()));
            System.out.printf("%s: %.1f ms with an account, %.1f ms without%n", path, there, missing);
            // less than what the network adds by itself
            assertThat(Math.abs(there - missing)).as(path).isLessThan(5 + 0.1 * Math.max(there, missing));
        });
    }

    /** In milliseconds. */
    private static double median(List<Long> nanoseconds) {
        List<Long> sorted = nanoseconds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    private String refresh(Account account) {
        return platform.anonymous()
                .post("/api/v1/auth/login", Map.of("email", account.email(), "password", account.password()))
                .expect(200)
                .data()
                .path("token")
                .path("refresh_token")
                .asString();
    }

    private static Map<String, String> registration() {
        String name = Account.newName();
        return Map.of(
                "username",
                name,
                "email",
                name + "@example.org",
                "password",
                "Correct-horse-7-battery",
                "password_confirm",
                "Correct-horse-7-battery");
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
