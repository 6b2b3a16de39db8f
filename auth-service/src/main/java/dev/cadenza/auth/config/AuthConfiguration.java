package dev.cadenza.auth.config;

import dev.cadenza.auth.account.AccountSettings;
import dev.cadenza.auth.account.EnsureAdministrator;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.account.SendVerificationMails;
import dev.cadenza.platform.core.Ids;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuthConfiguration {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }

    @Bean
    BackgroundWork backgroundWork(
            AccountSettings settings,
            EnsureAdministrator administrator,
            FinishRegistrations registrations,
            SendVerificationMails mails) {
        return new BackgroundWork(settings.poll(), administrator, registrations, mails);
    }
}
