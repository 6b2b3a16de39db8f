package dev.cadenza.platform.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * For a second instance of a service in the same JVM, which is closed before the JVM ends: closing it would end the event
 * loops that everything else in the JVM shares.
 */
@TestConfiguration(proxyBeanMethods = false)
public class OwnEventLoops {

    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory own = new ReactorResourceFactory();
        own.setUseGlobalResources(false);
        return own;
    }
}
