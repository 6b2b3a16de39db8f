package dev.cadenza.generation;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import dev.cadenza.platform.testing.TestS3;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The API role on the stand-ins, once for all tests that say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cadenza.events.partitions=1",
            "cadenza.erasure.poll=200ms",
            "cadenza.events.relay.poll=200ms",
            "cadenza.jobs.max-in-flight-per-user=2",
            "cadenza.media.signing-secret=a secret for tests only",
            "cadenza.public-base-url=https://music.example"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = GenerationIntegrationTest.StandIns.class)
public @interface GenerationIntegrationTest {

    /** Addresses of the stand-ins. */
    final class StandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(Stream.concat(
                                    shared().stream(),
                                    Stream.of(
                                            "spring.mongodb.uri=" + TestMongo.uri("cadenza_generation"),
                                            "cadenza.security.issuers[0].issuer=" + TestIssuer.issuer(),
                                            "cadenza.security.issuers[0].jwks-uri=" + TestIssuer.jwksUri()))
                            .toArray(String[]::new))
                    .applyTo(context);
        }

        /** What both roles need. */
        public static List<String> shared() {
            return List.of(
                    "spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                    "cadenza.storage.endpoint=" + TestS3.endpoint(),
                    "cadenza.storage.access-key=" + TestS3.accessKey(),
                    "cadenza.storage.secret-key=" + TestS3.secretKey(),
                    "cadenza.storage.bucket=" + TestS3.bucket());
        }
    }
}
