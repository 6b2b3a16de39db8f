package dev.cadenza.catalog.payment.persistence;

import dev.cadenza.catalog.payment.PaymentNotices;
import dev.cadenza.catalog.payment.PaymentSettings;
import dev.cadenza.catalog.payment.Payments;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe's PaymentIntents. The order's id is the Idempotency-Key: asked again Stripe answers again, for a day. After that
 * a payment whose reference is not known is searched for, and never asked for anew.
 */
@Component
@ConditionalOnProperty(name = "cadenza.catalog.payment.provider", havingValue = "stripe")
final class StripePayments implements Payments, PaymentNotices {

    /** Stripe forgets keys after 24 hours at the earliest. */
    private static final Duration KEYS_HOLD = Duration.ofHours(20);

    /** What Stripe counts otherwise than ISO 4217 does: in hundredths, although there are none. */
    private static final Set<String> IN_HUNDREDTHS = Set.of("ISK", "UGX");

    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WebClient client;
    private final PaymentSettings.Stripe settings;
    private final Clock clock;

    StripePayments(PaymentSettings settings, Clock clock) {
        this.settings = settings.stripe();
        this.clock = clock;
        this.client = WebClient.builder()
                .baseUrl(settings.stripe().url().toString())
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                        .responseTimeout(settings.timeout())))
                .defaultHeaders(headers ->
                        headers.setBearerAuth(String.valueOf(settings.stripe().apiKey())))
                .build();
    }

    private record Answer(int status, JsonNode body) {
        /** Another question with the same key, which says nothing about the payment. */
        boolean isAboutTheKey() {
            return body.path("error").path("type").asString("").equals("idempotency_error");
        }

        String error() {
            JsonNode error = body.path("error");
            String declined = error.path("decline_code").asString("");
            return declined.isEmpty()
                    ? error.path("code").asString(error.path("type").asString("refused"))
                    : declined;
        }
    }

    @Override
    public Mono<Outcome> charge(Charge charge) {
        if (charge.reference() != null) {
            return get("/v1/payment_intents/{id}", charge.reference())
                    .flatMap(answer -> intent(demandOk(answer), charge));
        }
        if (charge.since().plus(KEYS_HOLD).isBefore(clock.instant())) {
            return get("/v1/payment_intents/search?query={query}", "metadata['order_id']:'" + charge.orderId() + "'")
                    .flatMap(answer -> {
                        JsonNode found = demandOk(answer).path("data").path(0);
                        return found.isMissingNode()
                                ? Mono.just(new Outcome.Declined("never_arrived"))
                                : intent(found, charge);
                    });
        }
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("amount", Long.toString(amount(charge.amount())));
        form.add("currency", charge.amount().currency().toLowerCase(Locale.ROOT));
        form.add("confirm", "true");
        form.add("error_on_requires_action", "true");
        form.add("automatic_payment_methods[enabled]", "true");
        form.add("automatic_payment_methods[allow_redirects]", "never");
        form.add("metadata[order_id]", charge.orderId().toString());
        if (charge.method() != null) {
            form.add("payment_method", charge.method());
        }
        return post("/v1/payment_intents", "order-" + charge.orderId(), form)
                .flatMap(answer -> switch (answer.status()) {
                    case 200 -> intent(answer.body(), charge);
                    case 400, 402, 404 ->
                        answer.isAboutTheKey()
                                ? Mono.error(away(answer))
                                : Mono.just(new Outcome.Declined(answer.error()));
                    default -> Mono.error(away(answer));
                });
    }

    /** What a payment's state means. One that cannot go on by itself is called off, so that it never does. */
    private Mono<Outcome> intent(JsonNode intent, Charge charge) {
        String id = intent.path("id").asString("");
        return switch (intent.path("status").asString("")) {
            case "succeeded" -> Mono.just(new Outcome.Succeeded(id));
            case "processing" -> Mono.just(new Outcome.Open(id));
            case "canceled" -> Mono.just(new Outcome.Declined("canceled"));
            case "requires_payment_method", "requires_confirmation", "requires_action", "requires_capture" ->
                post("/v1/payment_intents/" + id + "/cancel", "cancel-" + charge.orderId(), new LinkedMultiValueMap<>())
                        .flatMap(answer -> answer.status() == 200
                                ? Mono.just(new Outcome.Declined(reason(intent)))
                                : Mono.error(away(answer)));
            default -> Mono.just(new Outcome.Open(id.isEmpty() ? null : id));
        };
    }

    private static String reason(JsonNode intent) {
        JsonNode error = intent.path("last_payment_error");
        return error.path("decline_code").asString(error.path("code").asString("not_paid"));
    }

    @Override
    public Mono<Outcome> refund(Refund refund) {
        String reference = String.valueOf(refund.reference());
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("payment_intent", reference);
        form.add("metadata[order_id]", refund.orderId().toString());
        return post("/v1/refunds", "refund-" + refund.orderId(), form).flatMap(answer -> switch (answer.status()) {
            case 200 ->
                switch (answer.body().path("status").asString("")) {
                    case "failed", "canceled" ->
                        Mono.just(new Outcome.Declined(
                                answer.body().path("failure_reason").asString("refund_failed")));
                    default -> Mono.just(new Outcome.Succeeded(reference));
                };
            case 400, 402, 404 ->
                Mono.just(
                        answer.error().equals("charge_already_refunded")
                                ? new Outcome.Succeeded(reference)
                                : new Outcome.Declined(answer.error()));
            default -> Mono.error(away(answer));
        });
    }

    @Override
    public Optional<UUID> orderOf(byte[] notice, @Nullable String signature) {
        if (!isSigned(notice, signature)) {
            throw Failure.unreadable("payment.notice_unsigned", "The notice is not signed, or too old.");
        }
        try {
            return Optional.of(UUID.fromString(JSON.readTree(notice)
                    .path("data")
                    .path("object")
                    .path("metadata")
                    .path("order_id")
                    .asString("")));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code t=…,v1=…}: an HMAC over time and body; several while the secret is changed. */
    private boolean isSigned(byte[] notice, @Nullable String signature) {
        String secret = settings.webhookSecret();
        if (secret == null || secret.isBlank()) {
            throw Failure.notFound("payment.no_notices", "Not found.");
        }
        String time = "";
        List<String> codes = new ArrayList<>();
        for (String part : (signature == null ? "" : signature).split(",", -1)) {
            if (part.strip().startsWith("t=")) {
                time = part.strip().substring(2);
            } else if (part.strip().startsWith("v1=")) {
                codes.add(part.strip().substring(3));
            }
        }
        if (!time.matches("[0-9]{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                                .abs()
                                .compareTo(settings.noticeAge())
                        > 0) {
            return false;
        }
        byte[] expected = HexFormat.of().formatHex(hmac(secret, time, notice)).getBytes(StandardCharsets.US_ASCII);
        return codes.stream().anyMatch(code -> MessageDigest.isEqual(expected, code.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(String secret, String time, byte[] notice) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(notice);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long amount(Money money) {
        return IN_HUNDREDTHS.contains(money.currency()) ? Math.multiplyExact(money.minor(), 100) : money.minor();
    }

    private Mono<Answer> get(String uri, String variable) {
        return client.get()
                .uri(uri, variable)
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(body -> answer(response.statusCode().value(), body)));
    }

    private Mono<Answer> post(String uri, String key, MultiValueMap<String, String> form) {
        return client.post()
                .uri(uri)
                .header("Idempotency-Key", key)
                .body(BodyInserters.fromFormData(form))
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(body -> answer(response.statusCode().value(), body)));
    }

    private static Answer answer(int status, String body) {
        try {
            return new Answer(status, JSON.readTree(body));
        } catch (JacksonException e) {
            throw Failure.unavailable("payment.unavailable", "The payment provider answered " + status + ".", 5);
        }
    }

    private static JsonNode demandOk(Answer answer) {
        if (answer.status() != 200) {
            throw away(answer);
        }
        return answer.body();
    }

    private static FailureException away(Answer answer) {
        return Failure.unavailable("payment.unavailable", "The payment provider answered " + answer.status() + ".", 5);
    }
}
