package dev.cadenza.platform.web;

import dev.cadenza.platform.testing.TestIssuer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A test against the running example on a real port, so that HTTP itself is part of it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {ExampleApplication.class, ExampleApplicationTest.Issuer.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.webflux.multipart.file-storage-directory=" + ExampleApplicationTest.PARTS)
@AutoConfigureWebTestClient(timeout = "60s")
@interface ExampleApplicationTest {

    /** Where uploads lie, these tests' alone. */
    String PARTS = "target/parts";

    /** Believes the test issuer. */
    @TestConfiguration(proxyBeanMethods = false)
    class Issuer {
        @Bean
        DynamicPropertyRegistrar issuerProperties() {
            return registry -> {
                registry.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
                registry.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
            };
        }
    }
}
