package dev.cadenza.social.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.social.SocialIT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class CommentControllerIT extends SocialIT {

    private final User owner = User.named("owner");
    private final User author = User.named("author");
    private final User reader = User.named("reader");
    private final User admin = User.named("admin", "user", "admin");

    @Test
    void writesListsAndDeletesAsDocumented() {
        UUID track = track(owner, true);

        String created =
                body(write(author, track, "Great track!").expectStatus().isCreated());
        DocumentedJson.assertShape(created, """
                {"success":true,"data":{"comment":{"id":"550e8400-e29b-41d4-a716-446655440000",
                "content":"Great track!","created_at":"2025-01-01T00:00:00Z"}}}""");
        String listed = body(client.get()
                .uri("/api/v1/tracks/{id}/comments", track)
                .exchange()
                .expectStatus()
                .isOk());
        DocumentedJson.assertShape(listed, """
                {"success":true,"data":{"comments":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "user_id":"660e8400-e29b-41d4-a716-446655440001","username":"johndoe","content":"Great track!",
                "created_at":"2025-01-01T00:00:00Z"}]}}""");
        assertThat(JsonPath.<Object>read(listed, "$.data.comments[0]"))
                .isEqualTo(JsonPath.<Object>read(created, "$.data.comment"));
        delete(author, JsonPath.read(created, "$.data.comment.id"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.message")
                .isEqualTo("Comment deleted successfully");
        assertThat(contents(track)).isEmpty();
    }

    @Test
    void showsTheNewestFirst() {
        UUID track = track(owner, true);
        write(author, track, "one");
        write(reader, track, "two");

        assertThat(contents(track)).containsExactly("two", "one");
    }

    @Test
    void onlyAuthorTrackOwnerAndAdministratorsDelete() {
        UUID track = track(owner, true);
        for (User user : List.of(author, owner, admin)) {
            String id = written(author, track);
            delete(reader, id).expectStatus().isForbidden();
            client.delete()
                    .uri("/api/v1/comments/{id}", id)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
            delete(user, id).expectStatus().isOk();
            delete(user, id).expectStatus().isNotFound();
        }
    }

    @Test
    void aPrivateTrackAndItsCommentsAreNotThereForOthers() {
        UUID track = track(owner, false);
        write(author, track, "hello").expectStatus().isNotFound();
        String id = written(owner, track);

        client.get()
                .uri("/api/v1/tracks/{id}/comments", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        delete(reader, id).expectStatus().isNotFound();
        delete(owner, id).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"content\":\"  \"}", "{\"content\":null}", "{}", "{\"content\":\"LONG\"}"})
    void namesTheFieldThatIsWrong(String body) {
        UUID track = track(owner, true);

        post(author, track, body.replace("LONG", "x".repeat(2_001)))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.details[0].field")
                .isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"content\":[1]}", "null"})
    void refusesWhatItCannotRead(String body) {
        post(author, track(owner, true), body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.code")
                .isNotEmpty();
    }

    @Test
    void tellsTheOthersWithoutTheTextOnceItIsGone() {
        UUID track = track(owner, true);
        String id = written(author, track);
        delete(author, id).expectStatus().isOk();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Published.on(
                                "social.comment.v1",
                                event -> event.get("data")
                                        .get("commentId")
                                        .stringValue()
                                        .equals(id)))
                        .extracting(
                                event -> event.get("type").stringValue(),
                                event -> event.get("data").get("content").stringValue(),
                                event -> event.get("data").get("trackOwnerId").stringValue())
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(
                                        "social.comment.created",
                                        "hm",
                                        owner.id().toString()),
                                org.assertj.core.groups.Tuple.tuple(
                                        "social.comment.deleted", "", owner.id().toString())));
    }

    private String written(User user, UUID track) {
        return JsonPath.read(body(write(user, track, "hm").expectStatus().isCreated()), "$.data.comment.id");
    }

    private WebTestClient.ResponseSpec write(User user, UUID track, String content) {
        return as(user).post()
                .uri("/api/v1/tracks/{id}/comments", track)
                .bodyValue(Map.of("content", content))
                .exchange();
    }

    private WebTestClient.ResponseSpec post(User user, UUID track, String body) {
        return as(user).post()
                .uri("/api/v1/tracks/{id}/comments", track)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec delete(User user, String id) {
        return as(user).delete().uri("/api/v1/comments/{id}", id).exchange();
    }

    private List<String> contents(UUID track) {
        return JsonPath.read(
                body(client.get().uri("/api/v1/tracks/{id}/comments", track).exchange()), "$.data.comments[*].content");
    }
}
