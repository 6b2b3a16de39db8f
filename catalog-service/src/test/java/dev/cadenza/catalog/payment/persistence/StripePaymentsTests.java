package dev.cadenza.catalog.payment.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cadenza.catalog.payment.PaymentSettings;
import dev.cadenza.catalog.payment.Payments.Charge;
import dev.cadenza.catalog.payment.Payments.Outcome;
import dev.cadenza.catalog.payment.Payments.Refund;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.testing.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter against a stand-in of Stripe's HTTP API. */
class StripePaymentsTests {

    private static final String SECRET = "whsec_test";

    private final MovableClock clock = new MovableClock();
    private final UUID order = UUID.randomUUID();
    private final List<String> requests = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Object[]> answers = new ArrayList<>();
    private HttpServer server;
    private StripePayments stripe;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("stripe", 0).factory()));
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Object[] answer;
            synchronized (requests) {
                requests.add(exchange.getRequestMethod() + " "
                        + URLDecoder.decode(exchange.getRequestURI() + " " + body, StandardCharsets.UTF_8));
                keys.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                answer = answers.removeFirst();
            }
            byte[] bytes = ((String) answer[1]).getBytes(StandardCharsets.UTF_8);
            if ((int) answer[0] == 0) {
                return; // never answers
            }
            exchange.sendResponseHeaders((int) answer[0], bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        stripe = stripe(SECRET);
    }

    private StripePayments stripe(@Nullable String webhookSecret) {
        return new StripePayments(
                new PaymentSettings(
                        PaymentSettings.Provider.STRIPE,
                        Duration.ofSeconds(1),
                        new PaymentSettings.Stripe(
                                URI.create("http://127.0.0.1:"
                                        + server.getAddress().getPort()),
                                "sk_test",
                                webhookSecret,
                                Duration.ofMinutes(5))),
                clock);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(int status, String body) {
        answers.add(new Object[] {status, body});
    }

    private @Nullable Outcome charge(Money amount, @Nullable String reference, Instant since) {
        return stripe.charge(new Charge(order, amount, "pm_card", reference, since, 0))
                .block();
    }

    private @Nullable Outcome charge() {
        return charge(new Money(999, "EUR"), null, clock.instant());
    }

    @Test
    void asksForAPaymentUnderTheOrdersKeyInTheSmallestUnit() {
        answer(200, "{\"id\":\"pi_1\",\"status\":\"succeeded\"}");
        assertThat(charge()).isEqualTo(new Outcome.Succeeded("pi_1"));
        assertThat(requests.getFirst())
                .startsWith("POST /v1/payment_intents ")
                .contains(
                        "amount=999",
                        "currency=eur",
                        "confirm=true",
                        "payment_method=pm_card",
                        "metadata[order_id]=" + order);
        assertThat(keys).containsExactly("Bearer sk_test order-" + order);
        answer(200, "{\"id\":\"pi_2\",\"status\":\"processing\"}");
        assertThat(charge(new Money(5, "ISK"), null, clock.instant())).isEqualTo(new Outcome.Open("pi_2"));
        assertThat(requests.getLast()).contains("amount=500");
    }

    @Test
    void aRefusalIsFinalAndAnOutageIsNot() {
        answer(
                402,
                "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\"}}");
        assertThat(charge()).isEqualTo(new Outcome.Declined("insufficient_funds"));
        answer(400, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"amount_too_small\"}}");
        assertThat(charge()).isEqualTo(new Outcome.Declined("amount_too_small"));
        answer(400, "{\"error\":{\"type\":\"idempotency_error\"}}");
        assertThatThrownBy(this::charge).isInstanceOf(FailureException.class);
        for (int status : new int[] {401, 409, 429, 500, 503}) {
            answer(status, "{\"error\":{}}");
            assertThatThrownBy(this::charge).as("" + status).isInstanceOf(FailureException.class);
        }
        answer(502, "<html>");
        assertThatThrownBy(this::charge).isInstanceOf(FailureException.class);
        answer(0, "");
        assertThatThrownBy(this::charge).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aPaymentThatIsKnownIsLookedAtAndOneThatIsStuckIsCalledOff() {
        answer(200, "{\"id\":\"pi_1\",\"status\":\"succeeded\"}");
        assertThat(charge(new Money(999, "EUR"), "pi_1", clock.instant())).isEqualTo(new Outcome.Succeeded("pi_1"));
        assertThat(requests.getFirst()).startsWith("GET /v1/payment_intents/pi_1");
        answer(200, "{\"id\":\"pi_1\",\"status\":\"requires_action\"}");
        answer(200, "{\"id\":\"pi_1\",\"status\":\"canceled\"}");
        assertThat(charge(new Money(999, "EUR"), "pi_1", clock.instant())).isEqualTo(new Outcome.Declined("not_paid"));
        assertThat(requests.getLast()).startsWith("POST /v1/payment_intents/pi_1/cancel");
    }

    @Test
    void afterTheKeysHaveEndedAPaymentIsSearchedForAndNotAskedForAnew() {
        Instant since = clock.instant();
        clock.advance(Duration.ofHours(21));
        answer(200, "{\"data\":[{\"id\":\"pi_1\",\"status\":\"succeeded\"}]}");
        assertThat(charge(new Money(999, "EUR"), null, since)).isEqualTo(new Outcome.Succeeded("pi_1"));
        assertThat(requests.getFirst())
                .startsWith("GET /v1/payment_intents/search?query=metadata['order_id']:'" + order + "'");
        answer(200, "{\"data\":[]}");
        assertThat(charge(new Money(999, "EUR"), null, since)).isEqualTo(new Outcome.Declined("never_arrived"));
        assertThat(requests).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void givesBackOnce() {
        Refund refund = new Refund(order, new Money(999, "EUR"), "pi_1");
        answer(200, "{\"id\":\"re_1\",\"status\":\"succeeded\"}");
        assertThat(stripe.refund(refund).block()).isEqualTo(new Outcome.Succeeded("pi_1"));
        assertThat(requests.getFirst()).startsWith("POST /v1/refunds ").contains("payment_intent=pi_1");
        assertThat(keys.getFirst()).endsWith("refund-" + order);
        answer(400, "{\"error\":{\"code\":\"charge_already_refunded\"}}");
        assertThat(stripe.refund(refund).block()).isEqualTo(new Outcome.Succeeded("pi_1"));
        answer(200, "{\"id\":\"re_1\",\"status\":\"failed\",\"failure_reason\":\"expired_or_canceled_card\"}");
        assertThat(stripe.refund(refund).block()).isEqualTo(new Outcome.Declined("expired_or_canceled_card"));
    }

    @Test
    void noticesCountWhereTheyAreSignedAndFresh() throws Exception {
        byte[] notice = ("{\"data\":{\"object\":{\"metadata\":{\"order_id\":\"" + order + "\"}}}}")
                .getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        assertThat(stripe.orderOf(notice, signed(notice, now, SECRET))).contains(order);
        assertThat(stripe.orderOf(notice, signed(notice, now, SECRET) + ",v1=00,v0=x"))
                .contains(order);
        byte[] other = "{\"data\":{\"object\":{}}}".getBytes(StandardCharsets.UTF_8);
        assertThat(stripe.orderOf(other, signed(other, now, SECRET))).isEmpty();
        byte[] none = "[".getBytes(StandardCharsets.UTF_8);
        assertThat(stripe.orderOf(none, signed(none, now, SECRET))).isEmpty();
        for (String wrong : new String[] {
            "",
            "t=1",
            "v1=00",
            "t=x,v1=00",
            signed(notice, now, "else"),
            signed(notice, now - 600, SECRET),
            signed(other, now, SECRET)
        }) {
            assertThatThrownBy(() -> stripe.orderOf(notice, wrong)).as(wrong).hasMessageContaining("notice_unsigned");
        }
        assertThatThrownBy(() -> stripe.orderOf(notice, null)).hasMessageContaining("notice_unsigned");
        assertThatThrownBy(() -> stripe(null).orderOf(notice, signed(notice, now, "")))
                .hasMessageContaining("no_notices");
    }

    private static String signed(byte[] notice, long time, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec((secret.isEmpty() ? "x" : secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(notice));
    }
}
