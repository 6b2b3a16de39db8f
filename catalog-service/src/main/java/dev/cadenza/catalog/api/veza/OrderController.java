package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.PurchaseMedia;
import dev.cadenza.catalog.ledger.ReadEarnings;
import dev.cadenza.catalog.order.FindOrder;
import dev.cadenza.catalog.order.ListOrders;
import dev.cadenza.catalog.order.PlaceOrder;
import dev.cadenza.catalog.order.RefundOrder;
import dev.cadenza.catalog.order.SettleOrder;
import dev.cadenza.catalog.payment.PaymentNotices;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders, what they bought, and what they earned. */
@RestController("vezaOrderController")
@RequestMapping("/api/v1/marketplace")
class OrderController {

    private static final String NOTICES = "/api/v1/marketplace/payments/notices";

    private final PlaceOrder place;
    private final ListOrders list;
    private final FindOrder find;
    private final RefundOrder refund;
    private final PurchaseMedia purchases;
    private final ReadEarnings earnings;
    private final PaymentNotices notices;
    private final SettleOrder settle;

    OrderController(
            PlaceOrder place,
            ListOrders list,
            FindOrder find,
            RefundOrder refund,
            PurchaseMedia purchases,
            ReadEarnings earnings,
            PaymentNotices notices,
            SettleOrder settle) {
        this.place = place;
        this.list = list;
        this.find = find;
        this.refund = refund;
        this.purchases = purchases;
        this.earnings = earnings;
        this.notices = notices;
        this.settle = settle;
    }

    /** Notices are signed by the payment provider. */
    @Bean
    static OpenRoutes openNotices() {
        return OpenRoutes.of(HttpMethod.POST, NOTICES);
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<OrderJson>> place(@RequestBody OrderJson.Create body, Caller caller) {
        return Mono.defer(() -> place.place(caller.id(), body.products(), body.method()))
                .map(order -> VezaEnvelope.data(OrderJson.of(order)));
    }

    @GetMapping("/orders")
    Mono<VezaEnvelope<List<OrderJson>>> list(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        return list.of(caller.id(), new Parameters(query).page())
                .map(orders ->
                        VezaEnvelope.data(orders.stream().map(OrderJson::of).toList()));
    }

    @GetMapping("/orders/{id}")
    Mono<VezaEnvelope<OrderJson>> one(@PathVariable String id, Caller caller) {
        return find.find(Ids.ofPath(id), caller.id(), caller.isAdmin())
                .map(order -> VezaEnvelope.data(OrderJson.of(order)));
    }

    @PostMapping("/orders/{id}/refund")
    Mono<VezaEnvelope<OrderJson>> refund(@PathVariable String id, Caller caller) {
        return refund.refund(Ids.ofPath(id), caller.id(), caller.isAdmin())
                .map(order -> VezaEnvelope.data(OrderJson.of(order)));
    }

    @GetMapping("/download/{productId}")
    Mono<VezaEnvelope<OrderJson.Download>> download(@PathVariable String productId, Caller caller) {
        return purchases
                .address(Ids.ofPath(productId), caller.id())
                .map(address -> VezaEnvelope.data(new OrderJson.Download(address.url(), address.until())));
    }

    @GetMapping("/earnings")
    Mono<VezaEnvelope<List<OrderJson.Earnings>>> earnings(Caller caller) {
        return earnings.of(caller.id())
                .map(owed -> VezaEnvelope.data(owed.stream()
                        .map(money -> new OrderJson.Earnings(money.amount(), money.currency()))
                        .toList()));
    }

    /** The provider knows something new about a payment: it is asked what, for anybody may send anything. */
    @PostMapping("/payments/notices")
    Mono<VezaEnvelope<VezaEnvelope.Message>> notice(
            @RequestBody byte[] body,
            @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature) {
        return Mono.defer(() -> Mono.justOrEmpty(notices.orderOf(body, signature)))
                .flatMap(settle::settle)
                .thenReturn(VezaEnvelope.message("Received"));
    }
}
