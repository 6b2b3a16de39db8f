package dev.cadenza.playlist;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service on the stand-ins, with one context for all tests; every test has users and tracks of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "20s")
public abstract class PlaylistIT {

    @Autowired
    protected WebTestClient client;

    @Autowired
    protected Tracks tracks;

    @DynamicPropertySource
    static void standIns(DynamicPropertyRegistry properties) {
        String database = "playlist_" + UUID.randomUUID().toString().substring(0, 8);
        properties.add("spring.mongodb.uri", () -> TestMongo.uri(database));
        properties.add("spring.kafka.bootstrap-servers", TestKafka::bootstrapServers);
        properties.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        properties.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
    }

    /** A user with a token. */
    public record User(UUID id, String username, String token) {
        public static User named(String username, String... roles) {
            UUID id = Ids.next();
            return new User(id, username, TestIssuer.user(id, 1, username, roles));
        }
    }

    /** A track that the catalog told of. */
    protected UUID track(User owner, String title, boolean isPublic) {
        UUID id = Ids.next();
        tracks.store(new Track(id, owner.id(), title, "Artist", 61.4, isPublic), 1)
                .block();
        return id;
    }

    protected WebTestClient as(User user) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(user.token()))
                .build();
    }

    /** What an answer says. */
    protected static String body(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBodyContent();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }
}
