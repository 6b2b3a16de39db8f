package dev.cadenza.auth.config;

import dev.cadenza.auth.login.SpentTokens;
import dev.cadenza.auth.security.SecurityFacts;
import dev.cadenza.auth.session.CloseSessions;
import dev.cadenza.auth.session.ForgetSessions;
import dev.cadenza.auth.session.SessionSettings;
import dev.cadenza.platform.events.PeriodicTask;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done about sessions while nobody asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

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
