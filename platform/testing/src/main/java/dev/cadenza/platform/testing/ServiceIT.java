package dev.cadenza.platform.testing;

import dev.cadenza.platform.core.Ids;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A whole service on the stand-ins, with one context for all tests that extend the same class without settings of their
 * own; every test has users and data of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "20s")
public abstract class ServiceIT {

    /** Nobody's requests. */
    @Autowired
    protected WebTestClient client;

    @DynamicPropertySource
    static void standIns(DynamicPropertyRegistry properties) {
        String database = "service_" + UUID.randomUUID().toString().substring(0, 8);
        properties.add("spring.mongodb.uri", () -> TestMongo.uri(database));
        properties.add("spring.kafka.bootstrap-servers", TestKafka::bootstrapServers);
        properties.add("cadenza.erasure.poll", () -> "200ms");
        properties.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        properties.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
        properties.add("cadenza.security.issuers[1].issuer", () -> TestIssuer.INTERNAL);
        properties.add("cadenza.security.issuers[1].jwks-uri", TestIssuer::internalJwksUri);
        properties.add("cadenza.security.issuers[1].algorithm", () -> "ES256");
    }

    /** A user with a token. */
    public record User(UUID id, String username, String token) {
        /** Somebody new. */
        public static User named(String username, String... roles) {
            UUID id = Ids.next();
            return new User(id, username, TestIssuer.user(id, 1, username, roles));
        }
    }

    /** This user's requests. */
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
