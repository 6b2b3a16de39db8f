package dev.cadenza.auth.config;

import dev.cadenza.auth.account.AccountSettings;
import dev.cadenza.auth.account.EndSessions;
import dev.cadenza.auth.account.EnsureAdministrator;
import dev.cadenza.auth.account.FinishDeletions;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.account.ForgetMailRequests;
import dev.cadenza.auth.account.OrderMails;
import dev.cadenza.auth.account.SyncIdentities;
import dev.cadenza.auth.key.KeySettings;
import dev.cadenza.auth.key.SweepKeys;
import dev.cadenza.auth.key.WriteKeyUses;
import dev.cadenza.auth.mail.ForgetMails;
import dev.cadenza.auth.mail.MailSettings;
import dev.cadenza.auth.mail.SendMails;
import dev.cadenza.auth.profile.AvatarSettings;
import dev.cadenza.auth.profile.SweepAvatars;
import dev.cadenza.auth.token.KeepSigningKeys;
import dev.cadenza.auth.token.TokenSettings;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.PeriodicTask;
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
    FirstAdministrator firstAdministrator(AccountSettings settings, EnsureAdministrator administrator) {
        return new FirstAdministrator(settings.poll(), administrator);
    }

    @Bean
    PeriodicTask interruptedRegistrations(AccountSettings settings, FinishRegistrations registrations) {
        return new PeriodicTask("ending interrupted registrations", settings.poll(), registrations::finish);
    }

    @Bean
    PeriodicTask deletions(AccountSettings settings, FinishDeletions deletions) {
        return new PeriodicTask("deleting accounts", settings.poll(), deletions::finish);
    }

    @Bean
    PeriodicTask accountDuties(AccountSettings settings, SyncIdentities identities, EndSessions sessions) {
        return new PeriodicTask(
                "letting credentials and sessions follow their accounts",
                settings.poll(),
                () -> sessions.endDue().then(identities.syncDue()));
    }

    @Bean
    PeriodicTask orderedMails(AccountSettings settings, OrderMails mails) {
        return new PeriodicTask("ordering mails", settings.poll(), mails::order);
    }

    @Bean
    PeriodicTask dueMails(MailSettings settings, SendMails mails) {
        return new PeriodicTask("sending mails", settings.poll(), mails::sendDue);
    }

    @Bean
    PeriodicTask avatarSweep(AvatarSettings settings, SweepAvatars avatars) {
        return new PeriodicTask("sweeping pictures", settings.sweep(), avatars::sweep);
    }

    @Bean
    PeriodicTask oldMails(MailSettings settings, ForgetMails mails, ForgetMailRequests requests) {
        return new PeriodicTask(
                "forgetting mails", settings.sweep(), () -> mails.forget().then(requests.forget()));
    }

    @Bean
    PeriodicTask signingKeys(TokenSettings settings, KeepSigningKeys keys) {
        return new PeriodicTask("keeping signing keys", settings.reload(), keys::keep);
    }

    @Bean
    PeriodicTask keyUses(KeySettings settings, WriteKeyUses uses) {
        return new PeriodicTask("writing uses of API keys", settings.useDelay(), uses::write);
    }

    @Bean
    PeriodicTask keySweep(KeySettings settings, SweepKeys sweep) {
        return new PeriodicTask("sweeping API keys", settings.sweep(), sweep::sweep);
    }
}
