package dev.cadenza.platform.jobs;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What the setting {@code cadenza.role} switches: {@code api} (where absent), {@code worker}, or {@code both}. */
final class OnRole {

    private OnRole() {}

    private static boolean plays(Environment environment, String role) {
        String told = environment.getProperty("cadenza.role", "api");
        return told.equals(role) || told.equals("both");
    }

    /** Answers requests and owns the database. */
    static final class Api implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return plays(context.getEnvironment(), "api");
        }
    }

    /** Runs engines. */
    static final class Worker implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return plays(context.getEnvironment(), "worker");
        }
    }

    /** Keeps a process that only works from looking for a database. */
    static final class WithoutDatabase implements AutoConfigurationImportFilter, EnvironmentAware {

        private @Nullable Environment environment;

        @Override
        public void setEnvironment(Environment environment) {
            this.environment = environment;
        }

        @Override
        public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
            boolean database = environment == null || plays(environment, "api");
            boolean[] matches = new boolean[classes.length];
            for (int i = 0; i < classes.length; i++) {
                String name = classes[i];
                matches[i] = database || name == null || !name.contains(".mongodb.");
            }
            return matches;
        }
    }
}
