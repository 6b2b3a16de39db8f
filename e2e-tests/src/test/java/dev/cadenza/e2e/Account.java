package dev.cadenza.e2e;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Somebody who registered, and what they may do from then on. */
record Account(String id, String username, String email, String password, Api api) {

    private static final String PASSWORD = "Correct-horse-7-battery";
    private static final Pattern TOKEN = Pattern.compile("token=([A-Za-z0-9._~-]+)");

    /** A new account under a name that nobody has. */
    static Account register(Platform platform) {
        String name = newName();
        return of(platform, name, answer(platform, name).expect(201));
    }

    /** The same while parts of the platform are dying: empty where nothing was acknowledged. */
    static Optional<Account> tryRegister(Platform platform) {
        String name = newName();
        try {
            Api.Answer answer = answer(platform, name);
            return answer.status() == 201 ? Optional.of(of(platform, name, answer)) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** A name that nobody has. */
    static String newName() {
        return "e2e" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    private static Api.Answer answer(Platform platform, String name) {
        return platform.anonymous()
                .post(
                        "/api/v1/auth/register",
                        Map.of(
                                "username",
                                name,
                                "email",
                                name + "@example.org",
                                "password",
                                PASSWORD,
                                "password_confirm",
                                PASSWORD));
    }

    private static Account of(Platform platform, String name, Api.Answer registered) {
        JsonNode data = registered.data();
        return new Account(
                data.path("user").path("id").asString(),
                name,
                name + "@example.org",
                PASSWORD,
                platform.anonymous().as(data.path("token").path("access_token").asString()));
    }

    /** The token in the verification mail, once it has arrived. */
    String verificationToken(Platform platform) {
        String address = URLEncoder.encode(email, StandardCharsets.UTF_8);
        String mail = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            JsonNode mails = platform.anonymous()
                                    .get(platform.mailPage() + "/api/mails?to=" + address)
                                    .expect(200)
                                    .json();
                            return mails.isEmpty()
                                    ? ""
                                    : mails.get(0).path("text").asString();
                        },
                        text -> !text.isEmpty());
        Matcher matcher = TOKEN.matcher(mail);
        if (!matcher.find()) {
            throw new AssertionError("no token in: " + mail);
        }
        return matcher.group(1);
    }

    /** Uploads a WAV and waits until it is processed; its id. */
    String uploadedTrack(byte[] wav, String title) {
        String id = api.upload("/api/v1/tracks", "file", title + ".wav", wav, Map.of())
                .expect(201)
                .data()
                .path("track")
                .path("id")
                .asString();
        awaitProcessed(id);
        return id;
    }

    /** Bytes that count against the quota. */
    long usedBytes() {
        return api.get("/api/v1/tracks/quota/" + id)
                .expect(200)
                .data()
                .path("quota")
                .path("used")
                .asLong(-1);
    }

    void awaitProcessed(String trackId) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/v1/tracks/" + trackId + "/status")
                        .expect(200)
                        .data()
                        .path("status")
                        .asString()
                        .equals("completed"));
    }
}
