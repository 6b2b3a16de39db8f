package dev.cadenza.playlist.api.audionova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.playlist.PlaylistIT;
import dev.cadenza.playlist.track.Track;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Playlists and their songs, as clients of Django REST Framework see them. */
class PlaylistControllerIT extends PlaylistIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String ONE = """
            {"id":3,"name":"Evening Vibes","is_public":true,
            "cover_image":"http://localhost:8000/media/covers/x.jpg","created_at":"2025-05-30T09:21:19.019503Z"}""";

    @Autowired
    private ObjectStore store;

    private final User ada = User.named("ada");
    private final User bob = User.named("bob");

    @Test
    void aPlaylistIsMadeShownListedChangedAndDeletedAsDocumented() throws IOException {
        String made = body(upload(HttpMethod.POST, "/api/playlists/", "Evening Vibes", true, picture())
                .expectStatus()
                .isCreated());
        DocumentedJson.assertShape(made, ONE);
        String path = "/api/playlists/" + JsonPath.<Integer>read(made, "$.id") + "/";
        DocumentedJson.assertShape(body(get(ada, path).expectStatus().isOk()), ONE);
        String list = body(get(ada, "/api/playlists/").expectStatus().isOk());
        DocumentedJson.assertShape(list, "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[" + ONE + "]}");
        // each form of the address
        get(ada, "/api/playlists").expectStatus().isOk();
        String put = body(send(ada, HttpMethod.PUT, path, "{\"name\":\"New Title\"}")
                .expectStatus()
                .isOk());
        assertThat(JsonPath.<String>read(put, "$.name")).isEqualTo("New Title");
        assertThat(JsonPath.<String>read(put, "$.cover_image")).contains("/media/covers/");
        for (String field : List.of("title", "name")) {
            String patched = body(send(ada, HttpMethod.PATCH, path, "{\"" + field + "\":\"By " + field + "\"}")
                    .expectStatus()
                    .isOk());
            assertThat(JsonPath.<String>read(patched, "$.name")).isEqualTo("By " + field);
        }
        send(ada, HttpMethod.DELETE, path, null).expectStatus().isNoContent();
        get(ada, path)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("No Playlist matches the given query.");
    }

    @Test
    void aPictureIsShownReplacedAndGoesWithItsPlaylist() throws IOException {
        String made = body(upload(HttpMethod.POST, "/api/playlists/", "Pictured", true, picture()));
        String path = "/api/playlists/" + JsonPath.<Integer>read(made, "$.id") + "/";
        String first = address(made);
        client.get().uri(first).exchange().expectStatus().isOk().expectHeader().contentType(MediaType.IMAGE_JPEG);
        String second = address(body(upload(HttpMethod.PATCH, path, null, null, picture())
                .expectStatus()
                .isOk()));
        assertThat(second).isNotEqualTo(first);
        client.get().uri(first).exchange().expectStatus().isNotFound();
        assertThat(objects(second)).isEqualTo(1);
        // a private playlist's is for those who may see it, and for whoever was given its address
        String hidden = body(send(ada, HttpMethod.PATCH, path, "{\"is_public\":false}"));
        client.get().uri(second).exchange().expectStatus().isNotFound();
        as(ada).get().uri(second).exchange().expectStatus().isOk();
        URI signed = URI.create(JsonPath.<String>read(hidden, "$.cover_image"));
        client.get()
                .uri(signed.getRawPath() + "?" + signed.getRawQuery())
                .exchange()
                .expectStatus()
                .isOk();
        send(ada, HttpMethod.DELETE, path, null).expectStatus().isNoContent();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(objects(second)).isZero());
    }

    @Test
    void aPictureThatIsNoneIsAFieldErrorAndLeavesNothing() {
        upload(
                        HttpMethod.POST,
                        "/api/playlists/",
                        "Broken",
                        true,
                        "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.cover_image[0]")
                .value(String.class, text -> assertThat(text).startsWith("Upload a valid image."));
        upload(HttpMethod.POST, "/api/playlists/", "Broken", true, new byte[0])
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.cover_image[0]")
                .isEqualTo("The submitted file is empty.");
        send(ada, HttpMethod.POST, "/api/playlists/", "{\"name\":\"Broken\",\"cover_image\":\"x.png\"}")
                .expectStatus()
                .isBadRequest();
        assertThat(JsonPath.<Integer>read(body(get(ada, "/api/playlists/")), "$.count"))
                .isZero();
    }

    @Test
    void namesAreTheirOwnersOnce() {
        int first = create(ada, "Twice", true);
        refused(
                send(ada, HttpMethod.POST, "/api/playlists/", "{\"name\":\"Twice\"}"),
                "name",
                "playlist with this name already exists.");
        int other = create(ada, "Other", true);
        refused(
                send(ada, HttpMethod.PATCH, "/api/playlists/" + other + "/", "{\"name\":\" Twice \"}"),
                "name",
                "playlist with this name already exists.");
        send(ada, HttpMethod.PUT, "/api/playlists/" + first + "/", "{\"name\":\"Twice\"}")
                .expectStatus()
                .isOk();
        create(bob, "Twice", true);
        refused(send(ada, HttpMethod.POST, "/api/playlists/", "{}"), "name", "This field is required.");
        refused(
                send(ada, HttpMethod.POST, "/api/playlists/", "{\"name\":\" \"}"),
                "name",
                "This field may not be blank.");
        refused(
                send(ada, HttpMethod.POST, "/api/playlists/", "{\"name\":\"x\",\"is_public\":\"maybe\"}"),
                "is_public",
                "Must be a valid boolean.");
    }

    @Test
    void whatIsPrivateIsNobodyElses() {
        int hidden = create(ada, "Hidden", false);
        int open = create(ada, "Open", true);
        for (String path : List.of("/api/playlists/" + hidden + "/", "/api/playlist/" + hidden + "/")) {
            get(bob, path).expectStatus().isNotFound();
            get(ada, path).expectStatus().isOk();
        }
        client.get()
                .uri("/api/playlist/" + hidden + "/")
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get()
                .uri("/api/playlist/" + open + "/")
                .exchange()
                .expectStatus()
                .isOk();
        client.get().uri("/api/playlists/").exchange().expectStatus().isUnauthorized();
        send(bob, HttpMethod.DELETE, "/api/playlists/" + hidden + "/", null)
                .expectStatus()
                .isNotFound();
        send(bob, HttpMethod.DELETE, "/api/playlists/" + open + "/", null)
                .expectStatus()
                .isForbidden();
        send(bob, HttpMethod.PUT, "/api/playlists/" + open + "/", "{}")
                .expectStatus()
                .isForbidden();
        get(ada, "/api/playlists/x/").expectStatus().isNotFound();
        get(ada, "/api/playlists/?page=2")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Invalid page.");
        send(ada, HttpMethod.POST, "/api/public-playlists/", "{}")
                .expectStatus()
                .isEqualTo(405);
        as(ada).post()
                .uri("/api/playlists/")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        String everybodys = body(client.get()
                .uri("/api/public-playlists/")
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(JsonPath.<Integer>read(everybodys, "$.count")).isPositive();
        assertThat(JsonPath.<List<Boolean>>read(everybodys, "$.results[*].is_public"))
                .containsOnly(true);
    }

    @Test
    void songsAreAddedChangedAndRemovedByNameOrNumberAsDocumented() {
        int playlist = create(ada, "clam", true);
        create(ada, "other", true);
        Track song = track(ada, "clam lo-fi beat " + ada.id(), true, "lofi");
        Track second = track(bob, "second " + bob.id(), true, null);
        String made = body(relation(HttpMethod.POST, "/api/playlist-songs/", "clam", song.title())
                .expectStatus()
                .isCreated());
        DocumentedJson.assertShape(made, """
                {"id":1,"playlist":"clam","song":"clam lo-fi beat"}""");
        int id = JsonPath.read(made, "$.id");
        String path = "/api/playlist-songs/" + id + "/";
        String list = body(get(ada, "/api/playlist-songs/").expectStatus().isOk());
        DocumentedJson.assertShape(list, """
                {"count":1,"next":null,"previous":null,"results":[{"id":1,"playlist":"clam","song":"clam lo-fi beat"}]}""");
        DocumentedJson.assertShape(body(get(ada, path).expectStatus().isOk()), """
                {"id":1,"playlist":"clam","song":"clam lo-fi beat"}""");
        refused(
                relation(HttpMethod.POST, "/api/playlist-songs/", "clam", song.title()),
                "non_field_errors",
                "The fields playlist, song must make a unique set.");
        // by number
        int byNumber = JsonPath.read(
                body(send(
                                ada,
                                HttpMethod.POST,
                                "/api/playlist-songs/",
                                "{\"playlist\":" + playlist + ",\"song\":\"" + second.number() + "\"}")
                        .expectStatus()
                        .isCreated()),
                "$.id");
        assertThat(byNumber).isGreaterThan(id);
        String details =
                body(client.get().uri("/api/playlist/" + playlist + "/").exchange());
        assertThat(JsonPath.<List<String>>read(details, "$.songs[*].title"))
                .containsExactly(song.title(), second.title());
        // the entry goes to another playlist and keeps its number
        String moved = body(relation(HttpMethod.PUT, path, "other", song.title())
                .expectStatus()
                .isOk());
        assertThat(JsonPath.<Integer>read(moved, "$.id")).isEqualTo(id);
        assertThat(JsonPath.<String>read(moved, "$.playlist")).isEqualTo("other");
        assertThat(JsonPath.<List<String>>read(
                        body(client.get().uri("/api/playlist/" + playlist + "/").exchange()), "$.songs[*].title"))
                .containsExactly(second.title());
        Track third = track(ada, "third " + ada.id(), false, null);
        String patched = body(send(ada, HttpMethod.PATCH, path, "{\"song\":\"" + third.title() + "\"}")
                .expectStatus()
                .isOk());
        assertThat(JsonPath.<String>read(patched, "$.song")).isEqualTo(third.title());
        assertThat(JsonPath.<String>read(patched, "$.playlist")).isEqualTo("other");
        get(bob, path).expectStatus().isNotFound();
        send(bob, HttpMethod.DELETE, path, null).expectStatus().isNotFound();
        send(ada, HttpMethod.DELETE, path, null).expectStatus().isNoContent();
        get(ada, path).expectStatus().isNotFound();
        assertThat(JsonPath.<List<Integer>>read(body(get(ada, "/api/playlist-songs/")), "$.results[*].id"))
                .containsExactly(byNumber);
    }

    @Test
    void namesThatMeanNothingAreFieldErrors() {
        create(ada, "mine", true);
        create(bob, "bob's own " + bob.id(), true);
        Track hidden = track(bob, "hidden " + bob.id(), false, null);
        String wrong = body(relation(HttpMethod.POST, "/api/playlist-songs/", "nothing", hidden.title())
                .expectStatus()
                .isBadRequest());
        assertThat(JsonPath.<List<String>>read(wrong, "$.playlist"))
                .containsExactly("Object with name=nothing does not exist.");
        assertThat(JsonPath.<List<String>>read(wrong, "$.song"))
                .containsExactly("Object with title=" + hidden.title() + " does not exist.");
        String missing = body(send(ada, HttpMethod.POST, "/api/playlist-songs/", "{\"song\":null}")
                .expectStatus()
                .isBadRequest());
        assertThat(JsonPath.<List<String>>read(missing, "$.playlist")).containsExactly("This field is required.");
        assertThat(JsonPath.<List<String>>read(missing, "$.song")).containsExactly("This field may not be null.");
        refused(
                send(ada, HttpMethod.POST, "/api/playlist-songs/", "{\"playlist\":\"mine\",\"song\":[1]}"),
                "song",
                "Invalid value.");
        // somebody else's public playlist is known, and not theirs to change
        Track song = track(ada, "song " + ada.id(), true, null);
        relation(HttpMethod.POST, "/api/playlist-songs/", "bob's own " + bob.id(), song.title())
                .expectStatus()
                .isForbidden();
    }

    private static void refused(WebTestClient.ResponseSpec answer, String field, String message) {
        String body = body(answer.expectStatus().isBadRequest());
        assertThat(JsonPath.<List<String>>read(body, "$." + field)).containsExactly(message);
    }

    private int create(User user, String name, boolean isPublic) {
        return JsonPath.read(
                body(send(
                                user,
                                HttpMethod.POST,
                                "/api/playlists/",
                                "{\"name\":\"" + name + "\",\"is_public\":" + isPublic + "}")
                        .expectStatus()
                        .isCreated()),
                "$.id");
    }

    private WebTestClient.ResponseSpec relation(HttpMethod method, String path, String playlist, String song) {
        return send(ada, method, path, "{\"playlist\":\"" + playlist + "\",\"song\":\"" + song + "\"}");
    }

    private WebTestClient.ResponseSpec upload(
            HttpMethod method, String path, @Nullable String name, @Nullable Boolean isPublic, byte[] picture) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        if (name != null) {
            form.part("name", name);
        }
        if (isPublic != null) {
            form.part("is_public", isPublic.toString());
        }
        form.part("cover_image", new ByteArrayResource(picture)).filename("cover.jpg");
        return as(ada).method(method)
                .uri(path)
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .bodyValue(form.build())
                .exchange();
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
        return bytes.toByteArray();
    }

    private static String address(String playlist) {
        return URI.create(JsonPath.<String>read(playlist, "$.cover_image")).getPath();
    }

    /** How many pictures there are of the playlist whose picture has this address. */
    private long objects(String address) {
        String file = address.substring(address.lastIndexOf('/') + 1);
        return store.list("playlist/covers/" + file.substring(0, 36))
                .count()
                .blockOptional()
                .orElseThrow();
    }

    private WebTestClient.ResponseSpec send(User user, HttpMethod method, String path, @Nullable String body) {
        WebTestClient.RequestBodySpec request = as(user).method(method).uri(path);
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    private WebTestClient.ResponseSpec get(User user, String path) {
        return as(user).get().uri(path).exchange();
    }
}
