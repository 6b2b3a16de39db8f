package dev.cadenza.platform.events;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Workers ({@code cadenza.role=worker}) and the gateway ({@code cadenza.events.database=false}) have no database: none of
 * Spring Boot's MongoDB parts are set up there.
 */
final class NoDatabase implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String MONGODB = "org.springframework.boot.mongodb.autoconfigure.";

    private boolean without;

    @Override
    public void setEnvironment(Environment environment) {
        this.without = "worker".equals(environment.getProperty("cadenza.role"))
                || "false".equals(environment.getProperty("cadenza.events.database"));
    }

    @Override
    public boolean[] match(@Nullable String[] classNames, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[classNames.length];
        for (int i = 0; i < kept.length; i++) {
            String name = classNames[i];
            kept[i] = !without || name == null || !name.startsWith(MONGODB);
        }
        return kept;
    }
}
