package dev.cadenza.social.config;

import dev.cadenza.platform.events.PeriodicTask;
import dev.cadenza.social.webhook.AddressGuard;
import dev.cadenza.social.webhook.CountDeliveries;
import dev.cadenza.social.webhook.DeleteWebhook;
import dev.cadenza.social.webhook.DeliverWebhook;
import dev.cadenza.social.webhook.Deliveries;
import dev.cadenza.social.webhook.EraseWebhooks;
import dev.cadenza.social.webhook.ForgetDeliveries;
import dev.cadenza.social.webhook.ListWebhooks;
import dev.cadenza.social.webhook.QueueDeliveries;
import dev.cadenza.social.webhook.RegenerateKey;
import dev.cadenza.social.webhook.RegisterWebhook;
import dev.cadenza.social.webhook.RetryLadder;
import dev.cadenza.social.webhook.TestWebhook;
import dev.cadenza.social.webhook.WebhookDispatcher;
import dev.cadenza.social.webhook.WebhookSender;
import dev.cadenza.social.webhook.WebhookSettings;
import dev.cadenza.social.webhook.Webhooks;
import dev.cadenza.social.webhook.http.HttpWebhookSender;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Webhooks, wired. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    AddressGuard addressGuard(WebhookSettings settings) {
        return new AddressGuard(settings.allowedPrivateNetworks());
    }

    @Bean
    HttpWebhookSender webhookSender(AddressGuard guard, WebhookSettings settings, Clock clock) {
        return new HttpWebhookSender(guard, settings, clock);
    }

    @Bean
    DeliverWebhook deliverWebhook(Webhooks webhooks, Deliveries deliveries, WebhookSender sender, Clock clock) {
        RetryLadder ladder = new RetryLadder(() -> ThreadLocalRandom.current().nextDouble());
        return new DeliverWebhook(webhooks, deliveries, sender, ladder, clock);
    }

    @Bean
    WebhookDispatcher webhookDispatcher(
            Deliveries deliveries, DeliverWebhook deliverWebhook, WebhookSettings settings, Clock clock) {
        return new WebhookDispatcher(deliveries, deliverWebhook, settings, clock);
    }

    @Bean
    ForgetDeliveries forgetDeliveries(Deliveries deliveries, WebhookSettings settings, Clock clock) {
        return new ForgetDeliveries(deliveries, settings, clock);
    }

    /** A portion a minute. */
    @Bean
    PeriodicTask forgettingDeliveries(ForgetDeliveries forgetDeliveries) {
        return new PeriodicTask("forgetting webhook deliveries", Duration.ofMinutes(1), forgetDeliveries::forget);
    }

    @Bean
    QueueDeliveries queueDeliveries(
            Webhooks webhooks,
            Deliveries deliveries,
            WebhookDispatcher dispatcher,
            WebhookSettings settings,
            Clock clock) {
        return new QueueDeliveries(webhooks, deliveries, dispatcher, settings, clock);
    }

    @Bean
    RegisterWebhook registerWebhook(
            Webhooks webhooks, AddressGuard guard, WebhookSettings settings, Clock clock, Supplier<UUID> ids) {
        return new RegisterWebhook(webhooks, guard, settings, clock, ids);
    }

    @Bean
    ListWebhooks listWebhooks(Webhooks webhooks) {
        return new ListWebhooks(webhooks);
    }

    @Bean
    DeleteWebhook deleteWebhook(Webhooks webhooks) {
        return new DeleteWebhook(webhooks);
    }

    @Bean
    TestWebhook testWebhook(
            Webhooks webhooks, Deliveries deliveries, WebhookSender sender, Clock clock, Supplier<UUID> ids) {
        return new TestWebhook(webhooks, deliveries, sender, clock, ids);
    }

    @Bean
    CountDeliveries countDeliveries(Webhooks webhooks, Deliveries deliveries) {
        return new CountDeliveries(webhooks, deliveries);
    }

    @Bean
    RegenerateKey regenerateKey(Webhooks webhooks, WebhookSettings settings, Clock clock) {
        return new RegenerateKey(webhooks, settings, clock);
    }

    @Bean
    EraseWebhooks eraseWebhooks(Webhooks webhooks, Deliveries deliveries) {
        return new EraseWebhooks(webhooks, deliveries);
    }
}
