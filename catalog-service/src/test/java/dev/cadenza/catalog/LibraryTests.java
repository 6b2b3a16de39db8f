package dev.cadenza.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of any dialect share: two users of each test's own, and requests as they are written. */
@CatalogIntegrationTest
public abstract class LibraryTests {

    /** Where clients reach the platform, as far as answers say. */
    protected static final String BASE = "http://localhost:8080";

    /** What Django REST Framework says without an identity. */
    protected static final String NO_IDENTITY = "{\"detail\":\"Authentication credentials were not provided.\"}";

    private static final AtomicInteger NUMBERS = new AtomicInteger(5000);

    @Autowired
    private WebTestClient client;

    protected User ada;
    protected User bob;

    /** Somebody with a token. */
    public record User(UUID id, String name, String token) {
        /** Somebody new. */
        public static User make(String name, String... roles) {
            UUID id = Ids.next();
            return new User(id, name, TestIssuer.user(id, NUMBERS.incrementAndGet(), name, roles));
        }
    }

    @BeforeEach
    void users() {
        ada = User.make("ada");
        bob = User.make("bob");
    }

    /** A request without a body. */
    protected Answer send(HttpMethod method, String address, @Nullable User user, String... headers) {
        return answer(request(method, address, user, headers).exchange());
    }

    /** A request with JSON. */
    protected Answer send(HttpMethod method, String address, @Nullable User user, Object json) {
        return json(method, address, user, json);
    }

    /** Likewise, with headers. */
    protected Answer json(HttpMethod method, String address, @Nullable User user, Object json, String... headers) {
        String body = json instanceof String text ? text : JsonMapper.shared().writeValueAsString(json);
        return answer(request(method, address, user, headers)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange());
    }

    protected Answer get(String address, @Nullable User user, String... headers) {
        return send(HttpMethod.GET, address, user, headers);
    }

    protected Answer delete(String address, @Nullable User user) {
        return send(HttpMethod.DELETE, address, user);
    }

    /** A form with files: names and values in turn, a value of bytes is a file. */
    protected Answer form(HttpMethod method, String address, @Nullable User user, Object... fields) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            String name = (String) fields[i];
            if (fields[i + 1] instanceof byte[] bytes) {
                form.part(name, new ByteArrayResource(bytes)).filename("some song.mp3");
            } else {
                form.part(name, fields[i + 1]);
            }
        }
        return answer(request(method, address, user)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange());
    }

    private WebTestClient.RequestBodySpec request(
            HttpMethod method, String address, @Nullable User user, String... headers) {
        WebTestClient.RequestBodySpec request = client.method(method)
                .uri(builder -> java.net.URI.create(
                        builder.build().toString().replaceAll("/$", "") + address.replaceFirst("^" + BASE, "")));
        if (user != null) {
            request.headers(all -> all.setBearerAuth(user.token()));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static Answer answer(WebTestClient.ResponseSpec response) {
        var result = response.expectBody().returnResult();
        byte[] body = result.getResponseBodyContent();
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), body == null ? new byte[0] : body);
    }

    /** What came back. */
    public record Answer(int status, org.springframework.http.HttpHeaders headers, byte[] bytes) {

        /** The same, when it has this status. */
        public Answer expect(int expected) {
            assertThat(status).as(text()).isEqualTo(expected);
            return this;
        }

        /** Its body. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Its body. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(text());
        }
    }

    protected static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
