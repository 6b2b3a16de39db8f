package dev.cadenza.auth.config;

import dev.cadenza.auth.attempt.AttemptSettings;
import dev.cadenza.auth.attempt.Doors;
import dev.cadenza.auth.attempt.KnownDevices;
import dev.cadenza.auth.login.LoginSettings;
import dev.cadenza.auth.login.SpentTokens;
import dev.cadenza.auth.secondfactor.SettleSecondFactors;
import dev.cadenza.auth.security.SecurityFacts;
import dev.cadenza.auth.session.CloseSessions;
import dev.cadenza.auth.session.ForgetSessions;
import dev.cadenza.auth.session.SessionSettings;
import dev.cadenza.platform.events.PeriodicTask;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logins, failed logins and sessions: what is done about them while nobody asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AttemptSettings.class, LoginSettings.class, SessionSettings.class})
class SessionConfiguration {

    @Bean
    PeriodicTask sessionClosing(SessionSettings settings, CloseSessions sessions) {
        return new PeriodicTask("passing on the ends of sessions", settings.poll(), sessions::close);
    }

    @Bean
    PeriodicTask secondFactorSettling(SessionSettings settings, SettleSecondFactors secondFactors) {
        return new PeriodicTask("settling second factors", settings.sweep(), secondFactors::settle);
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

    @Bean
    PeriodicTask attemptSweep(
            SessionSettings settings, AttemptSettings attempts, Doors doors, KnownDevices devices, Clock clock) {
        return new PeriodicTask(
                "forgetting failed logins and devices",
                settings.sweep(),
                () -> doors.forget(clock.instant().minus(attempts.forgottenAfter()))
                        .then(devices.forget(clock.instant().minus(attempts.deviceKnownFor()))));
    }
}
