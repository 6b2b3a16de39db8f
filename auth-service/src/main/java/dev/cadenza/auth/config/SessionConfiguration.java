package dev.cadenza.auth.config;

import dev.cadenza.auth.login.SpentTokens;
import dev.cadenza.auth.security.SecurityFacts;
import dev.cadenza.auth.session.CloseSessions;
import dev.cadenza.auth.session.ForgetSessions;
import dev.cadenza.auth.session.SessionSettings;
import dev.cadenza.auth.session.messaging.SessionEventTranslator;
import dev.cadenza.platform.events.EventSettings;
import dev.cadenza.platform.events.PeriodicTask;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions: their topic, and what is done about them while nobody asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

    /** Longer than any access token lives. */
    private static final Duration REVOCATIONS_KEPT = Duration.ofDays(3);

    @Bean
    NewTopic revocations(EventSettings settings) {
        return new NewTopic(SessionEventTranslator.REVOCATIONS, Optional.of(settings.partitions()), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(REVOCATIONS_KEPT.toMillis())));
    }

    @Bean
    PeriodicTask sessionClosing(SessionSettings settings, CloseSessions sessions) {
        return new PeriodicTask("passing on the ends of sessions", settings.poll(), sessions::close);
    }

    @Bean
    PeriodicTask sessionSweep(
            SessionSettings settings, ForgetSessions sessions, SpentTokens spent, SecurityFacts facts, Clock clock) {
        return new PeriodicTask(
                "forgetting sessions",
                settings.sweep(),
                () -> sessions.forget()
                        .then(spent.forget(clock.instant()))
                        .then(facts.forget(clock.instant().minus(settings.remembered()))));
    }
}
