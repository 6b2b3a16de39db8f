package dev.cadenza.analytics;

import dev.cadenza.analytics.track.Track;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service on the stand-ins, with one context for all tests; every test has users and tracks of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "20s")
@Import(AnalyticsIT.Time.class)
public abstract class AnalyticsIT {

    @Autowired
    protected WebTestClient client;

    @Autowired
    protected Tracks tracks;

    @Autowired
    protected MovableClock clock;

    @TestConfiguration
    static class Time {
        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }

    @DynamicPropertySource
    static void standIns(DynamicPropertyRegistry properties) {
        String database = "analytics_" + UUID.randomUUID().toString().substring(0, 8);
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

    /** A track of 100 seconds that the catalog told of. */
    protected UUID track(User owner, boolean isPublic) {
        UUID id = Ids.next();
        tracks.store(new Track(id, owner.id(), 100, isPublic), 1).block();
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
