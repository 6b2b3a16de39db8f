package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Processes die at the worst moment; what was acknowledged stays, and happens once. */
class FaultsE2E {

    private final Platform platform = Platform.get();

    @Test
    void aGenerationWhoseWorkerDiesIsFinishedByAnotherWithOneResult() {
        Account ann = Account.register(platform);
        String id = ann.api()
                .post(
                        "/v1/ai/generate",
                        Map.of("parameters", Map.of("prompt", "rock with drums and bass", "duration", 120)))
                .expect(202)
                .data()
                .path("generation_id")
                .asString();
        Supplier<JsonNode> status =
                () -> ann.api().get("/v1/ai/generations/" + id).expect(200).data();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status.get().path("progress").asInt() > 0);
        platform.kill("generation-worker");

        JsonNode done = await().atMost(Duration.ofSeconds(150))
                .until(
                        status::get,
                        now -> List.of("completed", "failed", "cancelled")
                                .contains(now.path("status").asString()));
        assertThat(done.path("status").asString()).isEqualTo("completed");
        for (JsonNode file : done.path("audio_files")) {
            assertThat((long) ann.api()
                            .get(file.path("url").asString())
                            .expect(200)
                            .bytes()
                            .length)
                    .isEqualTo(file.path("size_bytes").asLong());
        }
        assertThat(ann.api()
                        .get("/v1/ai/generations")
                        .expect(200)
                        .data()
                        .path("pagination")
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aSeparationWhoseWorkerDiesIsFinishedByAnotherWithOneResult() {
        Account ann = Account.register(platform);
        byte[] wav = Sounds.song(60);
        long id = ann.api()
                .upload("/api/vocal/separate/", "audio_file", "song.wav", wav, Map.of())
                .expect(200)
                .json()
                .path("file_id")
                .asLong();
        Supplier<JsonNode> status = () ->
                ann.api().get("/api/vocal/files/" + id + "/status/").expect(200).json();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status.get().path("progress").asInt() > 0);
        platform.kill("processing-worker");

        JsonNode done = await().atMost(Duration.ofSeconds(150))
                .until(
                        status::get,
                        now -> List.of("completed", "error")
                                .contains(now.path("status").asString()));
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(Sounds.frames(ann.api()
                        .get(done.path("vocals_url").asString())
                        .expect(200)
                        .bytes()))
                .isEqualTo(Sounds.frames(wav));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "playlist-service",
                "social-service",
                "catalog-service",
                "analytics-service",
                "gateway",
                "infrastructure"
            })
    void aPartThatIsKilledLosesNothingThatWasAcknowledged(String part) throws InterruptedException {
        Account ann = Account.register(platform);
        String track = ann.uploadedTrack(Sounds.song(1), "Survivor");
        List<String> playlists = new CopyOnWriteArrayList<>();
        List<String> comments = new CopyOnWriteArrayList<>();
        List<String> tracks = new CopyOnWriteArrayList<>();
        byte[] small = Sounds.song(0.3);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = List.of(
                writer(
                        stop,
                        () -> acknowledged(
                                playlists,
                                () -> ann.api().post("/api/v1/playlists", Map.of("title", "Kept", "is_public", true)),
                                "playlist")),
                writer(
                        stop,
                        () -> acknowledged(
                                comments,
                                () -> ann.api()
                                        .post("/api/v1/tracks/" + track + "/comments", Map.of("content", "Kept")),
                                "comment")),
                writer(
                        stop,
                        () -> acknowledged(
                                tracks,
                                () -> ann.api().upload("/api/v1/tracks", "file", "kept.wav", small, Map.of()),
                                "track")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> playlists.size() > 5 && comments.size() > 5 && tracks.size() > 2);
        platform.kill(part);
        platform.awaitHealthy(part);
        int before = playlists.size() + comments.size() + tracks.size();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> playlists.size() + comments.size() + tracks.size() > before + 5);
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        for (String id : playlists) {
            answered(() -> ann.api().get("/api/v1/playlists/" + id)).expect(200);
        }
        for (String id : tracks) {
            answered(() -> ann.api().get("/api/v1/tracks/" + id)).expect(200);
            ann.awaitProcessed(id);
            assertThat(ann.api()
                            .get("/api/v1/tracks/" + id + "/download")
                            .expect(200)
                            .bytes())
                    .isEqualTo(small);
        }
        List<String> kept = new ArrayList<>();
        for (int page = 1; kept.size() < comments.size() && page < 100; page++) {
            String address = "/api/v1/tracks/" + track + "/comments?limit=100&page=" + page;
            JsonNode rows =
                    answered(() -> ann.api().get(address)).expect(200).data().path("comments");
            rows.forEach(row -> kept.add(row.path("id").asString()));
            if (rows.isEmpty()) {
                break;
            }
        }
        assertThat(kept).containsAll(comments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "keycloak", "generation-service", "audio-processing-service"})
    void accountsAndJobsOutliveThePartThatTookThem(String part) throws InterruptedException {
        Account ann = Account.register(platform);
        List<Account> accounts = new CopyOnWriteArrayList<>();
        List<String> generations = new CopyOnWriteArrayList<>();
        List<Long> files = new CopyOnWriteArrayList<>();
        byte[] small = Sounds.song(0.5);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = List.of(
                writer(stop, () -> Account.tryRegister(platform).ifPresentOrElse(accounts::add, FaultsE2E::pause)),
                writer(stop, () -> {
                    kept(
                            () -> ann.api()
                                    .post(
                                            "/v1/ai/generate",
                                            Map.of("parameters", Map.of("prompt", "calm piano", "duration", 30))),
                            202,
                            answer -> generations.add(
                                    answer.data().path("generation_id").asString()));
                    pause();
                }),
                writer(stop, () -> {
                    kept(
                            () -> ann.api().upload("/api/vocal/separate/", "audio_file", "kept.wav", small, Map.of()),
                            200,
                            answer -> files.add(answer.json().path("file_id").asLong()));
                    pause();
                }));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> accounts.size() > 1 && generations.size() > 2 && files.size() > 2);
        platform.kill(part);
        platform.awaitHealthy(part);
        int before = accounts.size();
        await().atMost(Duration.ofSeconds(90)).until(() -> accounts.size() > before + 1);
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        for (Account account : accounts) {
            answered(() -> platform.anonymous()
                            .post(
                                    "/api/v1/auth/login",
                                    Map.of("email", account.email(), "password", account.password())))
                    .expect(200);
        }
        for (String id : generations.subList(1, generations.size())) {
            // found, and still obedient; the first is left to finish
            Api.Answer cancelled = answered(() -> ann.api().post("/v1/ai/generations/" + id + "/cancel", Map.of()));
            assertThat(cancelled.status()).as(cancelled.text()).isIn(200, 409);
        }
        for (long id : files) {
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> answered(() -> ann.api().get("/api/vocal/files/" + id + "/status/"))
                            .expect(200)
                            .json()
                            .path("status")
                            .asString()
                            .equals("completed"));
        }
        await().atMost(Duration.ofSeconds(120))
                .until(() -> answered(() -> ann.api().get("/v1/ai/generations/" + generations.getFirst()))
                        .expect(200)
                        .data()
                        .path("status")
                        .asString()
                        .equals("completed"));
    }

    @Test
    void likesReachTheTrackOnceHoweverOftenTheServicesBetweenDie() {
        Account ann = Account.register(platform);
        String track = ann.uploadedTrack(Sounds.song(1), "Liked");
        List<Account> fans = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            fans.add(Account.register(platform));
        }
        for (int i = 0; i < fans.size(); i++) {
            Account fan = fans.get(i);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> status(() -> fan.api().post("/api/v1/tracks/" + track + "/like", Map.of())) == 200);
            if (i == 2) {
                platform.kill("social-service");
            }
            if (i == 4) {
                platform.kill("catalog-service");
            }
        }
        platform.awaitHealthy("social-service");
        platform.awaitHealthy("catalog-service");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(ann.api()
                            .get("/api/v1/tracks/" + track + "/likes")
                            .expect(200)
                            .data()
                            .path("total")
                            .asInt())
                    .isEqualTo(fans.size());
            assertThat(ann.api()
                            .get("/api/v1/tracks/" + track)
                            .expect(200)
                            .data()
                            .path("track")
                            .path("like_count")
                            .asInt())
                    .isEqualTo(fans.size());
        });
    }

    @Test
    void writesGoOnWhileTheBrokerIsAwayAndTheirEventsFollow() throws InterruptedException {
        Account ann = Account.register(platform);
        Account bob = Account.register(platform);
        String track = ann.uploadedTrack(Sounds.song(1), "Unheard");
        // known to social-service before the broker goes
        bob.api().get("/api/v1/tracks/" + track + "/comments").expect(200);
        List<String> comments = new ArrayList<>();
        platform.fault("kafka", "stop");
        try {
            Instant end = Instant.now().plusSeconds(30);
            while (Instant.now().isBefore(end)) {
                comments.add(bob.api()
                        .post("/api/v1/tracks/" + track + "/comments", Map.of("content", "Still here"))
                        .expect(201)
                        .data()
                        .path("comment")
                        .path("id")
                        .asString());
                bob.api().post("/api/v1/playlists", Map.of("title", "Offline")).expect(201);
                bob.api().post("/api/v1/tracks/" + track + "/like", Map.of()).expect(200);
                platform.anonymous()
                        .get("/api/v1/tracks/" + track + "/stream", "Range", "bytes=0-99")
                        .expect(206);
                ann.api().get("/api/v1/tracks/" + track).expect(200);
                Thread.sleep(500);
            }
            String generation = bob.api()
                    .post(
                            "/v1/ai/generate",
                            Map.of("parameters", Map.of("prompt", "calm ambient piano", "duration", 30)))
                    .expect(202)
                    .data()
                    .path("generation_id")
                    .asString();
            platform.fault("kafka", "start");
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> bob.api()
                            .get("/v1/ai/generations/" + generation)
                            .expect(200)
                            .data()
                            .path("status")
                            .asString()
                            .equals("completed"));
        } finally {
            platform.fault("kafka", "start");
        }
        assertThat(comments).hasSizeGreaterThan(10);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode shown =
                    ann.api().get("/api/v1/tracks/" + track).expect(200).data().path("track");
            assertThat(shown.path("like_count").asInt()).isEqualTo(1);
            assertThat(shown.path("play_count").asInt()).isPositive();
        });
    }

    @Test
    void aRegistrationThatAuthServiceDiedInCanBeRepeated() {
        Deque<Map<String, String>> sent = new ConcurrentLinkedDeque<>();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = Stream.generate(() -> writer(stop, () -> {
                    Map<String, String> body = registration();
                    sent.add(body);
                    if (status(() -> platform.anonymous().post("/api/v1/auth/register", body)) != 201) {
                        pause();
                    }
                }))
                .limit(3)
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() > 6);
        platform.kill("auth-service");
        stop.set(true);
        writers.forEach(FaultsE2E::join);
        platform.awaitHealthy("auth-service");

        // whatever was sent while it died, and some that was not
        Stream.generate(sent::pollLast).limit(8).takeWhile(Objects::nonNull).forEach(body -> {
            Api.Answer again = answered(() -> platform.anonymous().post("/api/v1/auth/register", body));
            assertThat(again.status()).as(again.text()).isIn(201, 409);
            Api.Answer entered = answered(() -> platform.anonymous().post("/api/v1/auth/login", body));
            if (again.status() == 409 && entered.status() == 401) {
                // it died before the credentials: the name is held until nobody can be at it any more
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> platform.anonymous()
                                        .post("/api/v1/auth/register", body)
                                        .status()
                                == 201);
                entered = platform.anonymous().post("/api/v1/auth/login", body);
            }
            // it is there as a whole, and once: with a login, a profile and one mail
            JsonNode login = entered.expect(200).data();
            platform.anonymous()
                    .as(login.path("token").path("access_token").asString())
                    .get("/api/v1/users/" + login.path("user").path("id").asString())
                    .expect(200);
            Mailbox mailbox = new Mailbox(platform, Objects.requireNonNull(body.get("email")));
            mailbox.token("verify");
            assertThat(mailbox.count("verify-email")).isEqualTo(1);
        });
    }

    @Test
    void mailsGoOutOnceTheMailServerIsBack() {
        platform.fault("smtp", "stop");
        List<Mailbox> mailboxes;
        try {
            mailboxes = Stream.generate(() -> Account.register(platform))
                    .limit(3)
                    .map(account -> new Mailbox(platform, account.email()))
                    .toList();
            assertThat(mailboxes).allMatch(mailbox -> mailbox.count("verify-email") == 0);
        } finally {
            platform.fault("smtp", "start");
        }
        for (Mailbox mailbox : mailboxes) {
            String token = mailbox.token("verify");
            platform.anonymous()
                    .send("POST", "/api/v1/auth/verify-email?token=" + token, BodyPublishers.noBody())
                    .expect(200);
            assertThat(mailbox.count("verify-email")).isEqualTo(1);
        }
    }

    @Test
    void withoutKeycloakOnlyLoggingInHasToWait() {
        Account ann = Account.register(platform);
        Browser browser = Browser.login(platform.anonymous(), ann, null);
        Runnable whoIsKnownGoesOn = () -> {
            for (String path : List.of("/api/v1/auth/me", "/v1/ai/generations", "/api/v1/sessions", "/api/v1/tracks")) {
                ann.api().get(path).expect(200);
            }
            platform.anonymous()
                    .get("/api/vocal/files/", "Cookie", browser.cookies())
                    .expect(200);
        };
        // each service knows Keycloak's keys from the first token that it saw
        whoIsKnownGoesOn.run();
        Browser page = Browser.visit(platform.anonymous(), ann);
        ProcessHandle keycloak = platform.process("keycloak").orElseThrow();
        platform.signal(keycloak, "STOP");
        try {
            Map<String, String> login = Map.of("email", ann.email(), "password", ann.password());
            Map<String, Supplier<Api.Answer>> logins = Map.of(
                    "error", () -> platform.anonymous().post("/api/v1/auth/login", login),
                    "detail", () -> platform.anonymous().post("/api/auth/login/", login),
                    "detail ",
                            () -> page.post(
                                    platform.anonymous(),
                                    "/login/",
                                    Map.of("username", ann.username(), "password", ann.password())));
            logins.forEach((member, attempt) -> {
                Instant begun = Instant.now();
                Api.Answer answer = attempt.get().expect(503);
                // it hangs, which is worse than being away
                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
                assertThat(Api.keys(answer.json())).contains(member.strip());
                assertThat(answer.header("Retry-After")).matches("[0-9]+");
            });
            whoIsKnownGoesOn.run();
        } finally {
            platform.signal(keycloak, "CONT");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.anonymous()
                                .post("/api/v1/auth/login", Map.of("email", ann.email(), "password", ann.password()))
                                .status()
                        == 200);
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

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Thread writer(AtomicBoolean stop, Runnable write) {
        return Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                write.run();
            }
        });
    }

    private static void acknowledged(List<String> ids, Supplier<Api.Answer> write, String name) {
        kept(write, 201, answer -> ids.add(answer.data().path(name).path("id").asString()));
    }

    /** Keeps what was acknowledged; a refusal or a broken connection promised nothing. */
    private static void kept(Supplier<Api.Answer> write, int status, Consumer<Api.Answer> keep) {
        try {
            Api.Answer answer = write.get();
            if (answer.status() == status) {
                keep.accept(answer);
            } else {
                assertThat(answer.status()).as(answer.text()).isIn(404, 503, 504);
                pause();
            }
        } catch (UncheckedIOException e) {
            // the gateway itself was killed
        }
    }

    /** An answer of the service itself: a breaker may still spare one that has just come back. */
    static Api.Answer answered(Supplier<Api.Answer> request) {
        return await().atMost(Duration.ofSeconds(90)).until(request::get, answer -> answer.status() != 503);
    }

    /** A writer that does not press: the machine has other things to do. */
    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    private static int status(Supplier<Api.Answer> request) {
        try {
            return request.get().status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
