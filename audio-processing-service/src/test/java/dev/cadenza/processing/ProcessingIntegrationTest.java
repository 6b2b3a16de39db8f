package dev.cadenza.processing;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import dev.cadenza.platform.testing.TestS3;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The API role of the service on the stand-ins, once for all tests that say so; {@link Worker} is its worker. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ProcessingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cadenza.processing.files.sweep.interval=1h",
            "cadenza.processing.files.sweep.orphan-age=0s",
            "cadenza.media.signing-secret=a secret of the tests",
            "cadenza.events.partitions=1",
            "cadenza.erasure.poll=200ms",
            "cadenza.events.relay.poll=200ms"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = ProcessingIntegrationTest.StandIns.class)
public @interface ProcessingIntegrationTest {

    /** Addresses of the stand-ins. */
    final class StandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(addresses())
                    .and(
                            "spring.mongodb.uri=" + TestMongo.uri("cadenza_processing"),
                            "cadenza.security.issuers[0].issuer=" + TestIssuer.issuer(),
                            "cadenza.security.issuers[0].jwks-uri=" + TestIssuer.jwksUri())
                    .applyTo(context);
        }

        static List<String> addresses() {
            return List.of(
                    "spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                    "cadenza.storage.endpoint=" + TestS3.endpoint(),
                    "cadenza.storage.access-key=" + TestS3.accessKey(),
                    "cadenza.storage.secret-key=" + TestS3.secretKey(),
                    "cadenza.storage.bucket=" + TestS3.bucket());
        }
    }

    /** The worker role in a context of its own, without a database; started once. */
    final class Worker {

        private static final class Holder {
            static final ConfigurableApplicationContext RUNNING = new SpringApplicationBuilder(
                            ProcessingApplication.class)
                    .properties(
                            "cadenza.role=worker",
                            "server.port=0",
                            "cadenza.events.partitions=1",
                            "spring.jmx.enabled=false")
                    .initializers(context ->
                            TestPropertyValues.of(StandIns.addresses()).applyTo(context.getEnvironment()))
                    .run();
        }

        private Worker() {}

        /** Starts it where it does not run. */
        public static ConfigurableApplicationContext running() {
            return Holder.RUNNING;
        }
    }
}
