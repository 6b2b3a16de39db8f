package dev.cadenza.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;

/** The settings that all services share, at the lowest precedence: {@code cadenza-platform.properties}. */
public final class PlatformDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment
                    .getPropertySources()
                    .addLast(new ResourcePropertySource("cadenza-platform", "classpath:cadenza-platform.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
