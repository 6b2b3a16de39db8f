package dev.cadenza.catalog;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import dev.cadenza.platform.testing.TestS3;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The whole service on the stand-ins, once for all tests that say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cadenza.catalog.tracks.analysis.poll=100ms",
            "cadenza.catalog.tracks.analysis.lease=1s",
            "cadenza.catalog.tracks.sweep.interval=1h",
            "cadenza.events.partitions=1",
            "cadenza.catalog.payment.timeout=1s",
            "cadenza.catalog.marketplace.settle-interval=200ms",
            "cadenza.catalog.marketplace.settle-again=200ms",
            "cadenza.erasure.poll=200ms",
            "spring.webflux.multipart.file-storage-directory=target/parts",
            "cadenza.events.relay.poll=200ms"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = CatalogIntegrationTest.StandIns.class)
public @interface CatalogIntegrationTest {

    /** Addresses of the stand-ins. */
    final class StandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "spring.mongodb.uri=" + TestMongo.uri("cadenza_catalog"),
                            "spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                            "cadenza.storage.endpoint=" + TestS3.endpoint(),
                            "cadenza.storage.access-key=" + TestS3.accessKey(),
                            "cadenza.storage.secret-key=" + TestS3.secretKey(),
                            "cadenza.storage.bucket=" + TestS3.bucket(),
                            "cadenza.security.issuers[0].issuer=" + TestIssuer.issuer(),
                            "cadenza.security.issuers[0].jwks-uri=" + TestIssuer.jwksUri())
                    .applyTo(context);
        }
    }
}
