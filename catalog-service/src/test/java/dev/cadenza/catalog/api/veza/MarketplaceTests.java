package dev.cadenza.catalog.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.ledger.Entry;
import dev.cadenza.catalog.ledger.Ledger;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

class MarketplaceTests extends LibraryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PRODUCTS = "/api/v1/marketplace/products";
    private static final String ORDERS = "/api/v1/marketplace/orders";

    @Autowired
    Ledger ledger;

    @Autowired
    WebTestClient web;

    private String track(User owner) {
        String id = form(HttpMethod.POST, "/api/v1/tracks", owner, "file", TestAudio.wav(), "title", "For sale")
                .expect(201)
                .json()
                .at("/data/track/id")
                .asString();
        await().atMost(PATIENCE)
                .until(() -> get("/api/v1/tracks/" + id + "/status", owner)
                        .json()
                        .at("/data/status")
                        .asString()
                        .equals("completed"));
        return id;
    }

    private Answer offer(User seller, String track, Object price, Object... more) {
        Map<String, Object> body = new java.util.HashMap<>(
                Map.of("title", "My Product", "price", price, "product_type", "track", "track_id", track));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return send(HttpMethod.POST, PRODUCTS, seller, body);
    }

    private String offered(User seller, String price) {
        return offer(seller, track(seller), new java.math.BigDecimal(price))
                .expect(201)
                .json()
                .at("/data/id")
                .asString();
    }

    private Answer order(User buyer, @Nullable String method, String... products) {
        Map<String, Object> body = new java.util.HashMap<>();
        body.put(
                "items",
                java.util.Arrays.stream(products)
                        .map(id -> Map.of("product_id", id))
                        .toList());
        if (method != null) {
            body.put("payment_method", method);
        }
        return send(HttpMethod.POST, ORDERS, buyer, body);
    }

    private static String id(Answer answer) {
        return answer.json().at("/data/id").asString();
    }

    private static String status(Answer answer) {
        return answer.json().at("/data/status").asString();
    }

    private String awaitStatus(User buyer, String order, String status) {
        await().atMost(PATIENCE)
                .until(() -> status(get(ORDERS + "/" + order, buyer)).equals(status));
        return order;
    }

    private boolean isListed(@Nullable User viewer, User seller, String product) {
        return listed(get(PRODUCTS + "?limit=100&seller_id=" + seller.id(), viewer), product);
    }

    private static boolean listed(Answer answer, String product) {
        return answer.expect(200)
                .json()
                .path("data")
                .valueStream()
                .anyMatch(row -> row.path("id").asString().equals(product));
    }

    @Test
    void answersAsTheDocumentShows() {
        Answer made = offer(
                ada,
                track(ada),
                new java.math.BigDecimal("9.99"),
                "description",
                "A great track for sale",
                "license_type",
                "standard");
        DocumentedJson.assertShape(made.expect(201).text(), """
                {"success": true, "data": {"id": "550e8400-e29b-41d4-a716-446655440000", "title": "My Product",
                "price": 9.99, "status": "active", "created_at": "2025-01-01T00:00:00Z"}}""");
        String product = id(made);
        DocumentedJson.assertShape(
                get(PRODUCTS + "?seller_id=" + ada.id() + "&status=active", null)
                        .expect(200)
                        .text(),
                """
                {"success": true, "data": [{"id": "550e8400-e29b-41d4-a716-446655440000", "title": "My Product",
                "description": "A great track for sale", "price": 9.99, "currency": "EUR", "status": "active",
                "product_type": "track", "seller_id": "660e8400-e29b-41d4-a716-446655440001",
                "created_at": "2025-01-01T00:00:00Z"}]}""");
        Answer updated = send(
                HttpMethod.PUT,
                PRODUCTS + "/" + product,
                ada,
                "{\"title\": \"Updated Product Title\", \"price\": 12.90, \"status\": \"active\"}");
        DocumentedJson.assertShape(updated.expect(200).text(), """
                {"success": true, "data": {"id": "550e8400-e29b-41d4-a716-446655440000",
                "title": "Updated Product Title", "price": 12.99}}""");
        assertThat(updated.text()).contains("\"price\":12.90");
        Answer placed = order(bob, null, product).expect(201);
        String one = """
                {"success": true, "data": {"id": "880e8400-e29b-41d4-a716-446655440003",
                "buyer_id": "990e8400-e29b-41d4-a716-446655440004", "total_amount": 9.99, "currency": "EUR",
                "status": "completed", "items": [{"product_id": "550e8400-e29b-41d4-a716-446655440000", "price": 9.99}],
                "created_at": "2025-01-01T00:00:00Z"}}""";
        DocumentedJson.assertShape(placed.text(), one);
        assertThat(placed.text()).contains("\"total_amount\":12.90");
        assertThat(status(placed)).isEqualTo("completed");
        DocumentedJson.assertShape(
                get(ORDERS + "/" + id(placed), bob).expect(200).text(), one);
        DocumentedJson.assertShape(get(ORDERS, bob).expect(200).text(), """
                {"success": true, "data": [{"id": "880e8400-e29b-41d4-a716-446655440003", "total_amount": 9.99,
                "status": "completed", "created_at": "2025-01-01T00:00:00Z"}]}""");
        DocumentedJson.assertShape(
                get("/api/v1/marketplace/download/" + product, bob).expect(200).text(), """
                {"success": true, "data": {"url": "https://storage.example.com/download/track123.mp3?token=abc123"}}""");
        DocumentedJson.assertShape(
                get("/api/v1/marketplace/earnings", ada).expect(200).text(), "{\"success\": true, \"data\": []}");
    }

    @Test
    void onlyAnOwnerSellsATrackAndOnlyOneThatIsThere() {
        String own = track(ada);
        offer(bob, own, 1).expect(403);
        assertThat(offer(ada, UUID.randomUUID().toString(), 1).expect(422).text())
                .contains("track_id");
        send(HttpMethod.PUT, "/api/v1/tracks/" + own, ada, "{\"is_public\": false}")
                .expect(200);
        offer(bob, own, 1).expect(422);
        String product = id(offer(ada, own, 1).expect(201));
        send(HttpMethod.PUT, PRODUCTS + "/" + product, bob, "{\"title\": \"x\"}")
                .expect(404);
        send(HttpMethod.POST, PRODUCTS, null, "{}").expect(401);
        offer(ada, own, 2, "license_type", "exclusive").expect(201);
    }

    @Test
    void pricesAreExactAndWithinLimits() {
        String own = track(ada);
        for (String price : new String[] {"-0.01", "1000000", "9.999", "1e999999999", "1e-999999999", "0.001"}) {
            Answer answer = send(
                    HttpMethod.POST,
                    PRODUCTS,
                    ada,
                    "{\"title\":\"a\",\"track_id\":\"" + own + "\",\"price\":" + price + "}");
            assertThat(answer.status()).as(price + answer.text()).isIn(422, 400);
        }
        for (String body : new String[] {
            "{}",
            "{\"title\":\"\",\"price\":1,\"track_id\":\"" + own + "\"}",
            "{\"title\":\"a\",\"price\":1}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"currency\":\"XXQ\"}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"currency\":\"XAU\"}",
            "{\"title\":\"a\",\"price\":1.5,\"track_id\":\"" + own + "\",\"currency\":\"JPY\"}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"status\":\"archived\"}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"status\":\"sold\"}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"product_type\":\"house\"}",
            "{\"title\":\"a\",\"price\":1,\"track_id\":\"" + own + "\",\"license_type\":\"<b>\"}"
        }) {
            assertThat(send(HttpMethod.POST, PRODUCTS, ada, body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        send(HttpMethod.POST, PRODUCTS, ada, "{\"title\":\"a\",\"price\":\"much\"}")
                .expect(400);
        assertThat(offer(ada, own, 0.1).expect(201).text()).contains("\"price\":0.10");
        assertThat(offer(ada, own, 500, "currency", "jpy").expect(201).text())
                .contains("\"price\":500,", "\"currency\":\"JPY\"");
        assertThat(offer(ada, own, new java.math.BigDecimal("999999.99"))
                        .expect(201)
                        .text())
                .contains("999999.99");
    }

    @Test
    void draftsAreTheirSellersAloneAndWhatWasOfferedIsNoDraftAgain() {
        String product = id(offer(ada, track(ada), 1, "status", "draft").expect(201));
        assertThat(isListed(bob, ada, product)).isFalse();
        assertThat(isListed(null, ada, product)).isFalse();
        assertThat(isListed(ada, ada, product)).isTrue();
        assertThat(listed(get(PRODUCTS + "?status=draft&limit=100", ada), product))
                .isTrue();
        assertThat(listed(get(PRODUCTS + "?status=draft&limit=100", bob), product))
                .isFalse();
        get(PRODUCTS + "?status=sold", null).expect(400);
        get(PRODUCTS + "?seller_id=me", null).expect(400);
        order(bob, null, product).expect(404);
        send(HttpMethod.PUT, PRODUCTS + "/" + product, ada, "{\"status\": \"active\"}")
                .expect(200);
        assertThat(isListed(bob, ada, product)).isTrue();
        send(HttpMethod.PUT, PRODUCTS + "/" + product, bob, "{\"price\": 0}").expect(403);
        send(HttpMethod.PUT, PRODUCTS + "/" + product, ada, "{\"status\": \"draft\"}")
                .expect(409);
        send(HttpMethod.PUT, PRODUCTS + "/" + product, ada, "{\"status\": \"archived\"}")
                .expect(200);
        assertThat(isListed(bob, ada, product)).isFalse();
        order(bob, null, product).expect(404);
        send(HttpMethod.PUT, PRODUCTS + "/" + product, ada, "{\"status\": \"active\"}")
                .expect(200);
        order(bob, null, product).expect(201);
    }

    @Test
    void whatIsHiddenOrGoneIsNotForSaleButHiddenThingsStayTheirBuyers() {
        String own = track(ada);
        String product = id(offer(ada, own, 3).expect(201));
        order(bob, null, product).expect(201);
        User eve = User.make("eve");

        send(HttpMethod.PUT, "/api/v1/tracks/" + own, ada, "{\"is_public\": false}")
                .expect(200);
        assertThat(isListed(bob, ada, product)).isFalse();
        order(eve, null, product).expect(404);
        byte[] bytes = download(product, bob);
        assertThat(bytes).isEqualTo(TestAudio.wav());
        await().atMost(PATIENCE).until(() -> !listed(get(PRODUCTS + "?limit=100&seller_id=" + ada.id(), bob), product));

        send(HttpMethod.PUT, "/api/v1/tracks/" + own, ada, "{\"is_public\": true}")
                .expect(200);
        await().atMost(PATIENCE).until(() -> isListed(bob, ada, product));
        String address = address(product, bob);
        delete("/api/v1/tracks/" + own, ada).expect(200);
        order(eve, null, product).expect(404);
        get("/api/v1/marketplace/download/" + product, bob).expect(404);
        get(address, null).expect(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(PRODUCTS + "?status=archived&seller_id=" + ada.id(), ada)
                                .text())
                        .contains(product));
        send(HttpMethod.PUT, PRODUCTS + "/" + product, ada, "{\"status\": \"active\"}")
                .expect(409);
    }

    private String address(String product, User buyer) {
        return get("/api/v1/marketplace/download/" + product, buyer)
                .expect(200)
                .json()
                .at("/data/url")
                .asString();
    }

    private byte[] download(String product, User buyer) {
        return get(address(product, buyer), null).expect(200).bytes();
    }

    @Test
    void anAddressOfWhatWasBoughtIsForItsBuyerAloneAndEndsWithARefund() {
        String product = offered(ada, "4.50");
        User eve = User.make("eve");
        get("/api/v1/marketplace/download/" + product, bob).expect(403);
        get("/api/v1/marketplace/download/" + UUID.randomUUID(), bob).expect(404);
        get("/api/v1/marketplace/download/x", bob).expect(400);
        get("/api/v1/marketplace/download/" + product, null).expect(401);
        String order = id(order(bob, null, product).expect(201));
        String address = address(product, bob);
        Answer part = get(address, null, "Range", "bytes=2-5").expect(206);
        assertThat(part.bytes()).hasSize(4);
        assertThat(get(address, bob).expect(200).headers().getFirst("Content-Disposition"))
                .contains("attachment");
        get(address, eve).expect(404);
        get(address.replace(bob.id().toString(), eve.id().toString()), eve).expect(404);
        get(address.replace("expires=", "expires=1"), null).expect(401);
        get(URI.create(address).getPath(), null).expect(401);
        get(URI.create(address).getPath(), bob).expect(404);
        get("/api/v1/marketplace/download/" + product, eve).expect(403);
        assertThat(download(product, ada)).isEqualTo(TestAudio.wav());

        send(HttpMethod.POST, ORDERS + "/" + order + "/refund", eve, "").expect(404);
        send(HttpMethod.POST, ORDERS + "/" + order + "/refund", bob, "").expect(403);
        get(ORDERS + "/" + order, eve).expect(404);
        get(ORDERS + "/" + order, ada).expect(404);
        assertThat(status(send(HttpMethod.POST, ORDERS + "/" + order + "/refund", ada, "")
                        .expect(200)))
                .isEqualTo("refunded");
        send(HttpMethod.POST, ORDERS + "/" + order + "/refund", User.make("root", "user", "admin"), "")
                .expect(200);
        get(address, null).expect(403);
        get("/api/v1/marketplace/download/" + product, bob).expect(403);
        // what was given back can be bought again
        order(bob, null, product).expect(201);
        get(address, null).expect(200);
    }

    @Test
    void ordersHoldSeveralProductsOfOneCurrencyOnceEachAndNothingOfOnesOwn() {
        String one = offered(ada, "1.10");
        String two = offered(ada, "2.20");
        String yen = id(offer(ada, track(ada), 100, "currency", "JPY").expect(201));
        for (String body : new String[] {
            "{}",
            "{\"items\": []}",
            "{\"items\": [null]}",
            "{\"items\": [{}]}",
            "{\"items\": [{\"product_id\": \"" + one + "\"}, {\"product_id\": \"" + one + "\"}]}",
            "{\"items\": [{\"product_id\": \"" + one + "\"}, {\"product_id\": \"" + yen + "\"}]}",
            "{\"items\": [{\"product_id\": \"" + one + "\"}], \"payment_method\": \"a b\"}"
        }) {
            assertThat(send(HttpMethod.POST, ORDERS, bob, body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        send(HttpMethod.POST, ORDERS, bob, "{\"items\": 7}").expect(400);
        send(HttpMethod.POST, ORDERS, bob, "{\"items\": [{\"product_id\": \"7\"}]}")
                .expect(400);
        order(bob, null, one, UUID.randomUUID().toString()).expect(404);
        order(ada, null, one).expect(409);
        Answer both = order(bob, null, one, two).expect(201);
        assertThat(both.text()).contains("\"total_amount\":3.30");
        order(bob, null, two).expect(409);
        order(bob, null, yen).expect(201);
        assertThat(get(ORDERS + "?limit=1", bob).expect(200).json().path("data").size())
                .isEqualTo(1);
        // the price of then
        send(HttpMethod.PUT, PRODUCTS + "/" + one, ada, "{\"price\": 99}").expect(200);
        assertThat(get(ORDERS + "/" + id(both), bob).text()).contains("\"price\":1.10");
    }

    @Test
    void ofManyOrdersAtOnceOneIsPaid() throws Exception {
        String product = offered(ada, "5");
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                running.add(threads.submit(() -> order(bob, null, product)));
            }
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
        }
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        assertThat(get(ORDERS, bob).json().path("data").size()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> earned(ada) == 450);
    }

    private long earned(User seller) {
        List<Money> sums =
                ledger.balances(Entry.seller(seller.id())).collectList().block();
        return sums == null || sums.isEmpty() ? 0 : -sums.getFirst().minor();
    }

    @Test
    void anOrderIsPlacedOncePerKey() {
        String product = offered(ada, "7");
        String key = UUID.randomUUID().toString();
        String body = "{\"items\": [{\"product_id\": \"" + product + "\"}]}";
        List<JsonNode> orders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            orders.add(json(keyed(key, body, 201)).path("data"));
        }
        assertThat(orders).allMatch(order -> order.equals(orders.getFirst()));
        assertThat(keyed(key, body.replace("}]", "}, null]"), 422)).contains("IDEMPOTENCY_KEY_REUSED");
        assertThat(get(ORDERS, bob).json().path("data").size()).isEqualTo(1);
    }

    private String keyed(String key, String body, int status) {
        String answer = web.post()
                .uri(ORDERS)
                .headers(all -> all.setBearerAuth(bob.token()))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return answer == null ? "" : answer;
    }

    @Test
    void aDeclinedOrderFreesWhatItHeld() {
        String product = offered(ada, "8");
        Answer declined = order(bob, "test_declined", product).expect(201);
        assertThat(status(declined)).isEqualTo("declined");
        assertThat(declined.json().at("/data/reason").asString()).isEqualTo("card_declined");
        get("/api/v1/marketplace/download/" + product, bob).expect(403);
        send(HttpMethod.POST, ORDERS + "/" + id(declined) + "/refund", ada, "").expect(409);
        assertThat(status(order(bob, null, product).expect(201))).isEqualTo("completed");
    }

    @Test
    void anOrderWhosePaymentIsNotKnownIsPendingUntilItIs() {
        String product = offered(ada, "9");
        Answer pending = order(bob, "test_timeout", product).expect(201);
        assertThat(status(pending)).isEqualTo("pending");
        order(bob, null, product).expect(409);
        awaitStatus(bob, id(pending), "completed");
        assertThat(download(product, bob)).isNotEmpty();

        User eve = User.make("eve");
        awaitStatus(eve, id(order(eve, "test_timeout_declined", product).expect(201)), "declined");
        awaitStatus(eve, id(order(eve, "test_pending", product).expect(201)), "completed");
        await().atMost(PATIENCE).until(() -> earned(ada) == 2 * 810);
    }

    @Test
    void theLedgerIsBalancedWhateverIsBoughtAndGivenBack() {
        String one = offered(ada, "0.99");
        String two = offered(bob, "10.01");
        String free = offered(ada, "0");
        User eve = User.make("eve");
        String order = id(order(eve, null, one, two, free).expect(201));
        // a tenth is kept, rounded down: 9 and 100 of 99 and 1001
        await().atMost(PATIENCE).until(() -> earned(ada) == 90 && earned(bob) == 901);
        assertThat(get("/api/v1/marketplace/earnings", ada).text()).contains("\"amount\":0.90", "\"currency\":\"EUR\"");
        send(HttpMethod.POST, ORDERS + "/" + order + "/refund", ada, "").expect(403);
        User root = User.make("root", "user", "admin");
        send(HttpMethod.POST, ORDERS + "/" + order + "/refund", root, "").expect(200);
        await().atMost(PATIENCE).until(() -> earned(ada) == 0 && earned(bob) == 0);
        String lonely = id(order(eve, null, free).expect(201));
        assertThat(status(send(HttpMethod.POST, ORDERS + "/" + lonely + "/refund", ada, "")
                        .expect(200)))
                .isEqualTo("refunded");
        String kept = id(order(eve, "test_refund_declined", two).expect(201));
        Answer refused =
                send(HttpMethod.POST, ORDERS + "/" + kept + "/refund", bob, "").expect(200);
        assertThat(status(refused)).isEqualTo("completed");
        assertThat(refused.json().at("/data/reason").asString()).isEqualTo("refund_impossible");
        await().atMost(PATIENCE).until(() -> earned(bob) == 901);
    }

    @Test
    void ordersAreToldAndOutliveTheAccounts() {
        String product = offered(ada, "6");
        String order = id(order(bob, null, product).expect(201));
        UUID id = UUID.fromString(order);
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<JsonNode> told = Published.on(
                    "catalog.order.v1",
                    event -> event.at("/data/orderId").asString().equals(order));
            assertThat(told.stream().map(event -> event.path("type").asString()))
                    .containsExactly("catalog.order.placed", "catalog.order.completed");
            assertThat(told.getLast().at("/data/items/0/priceMinor").asLong()).isEqualTo(600);
            assertThat(told.getLast().at("/data/buyerId").asString())
                    .isEqualTo(bob.id().toString());
        });
        Published.account(ada.id(), "ada", "deleted", 1);
        await().atMost(PATIENCE)
                .until(() ->
                        !get(PRODUCTS + "?seller_id=" + ada.id(), ada).text().contains(product));
        assertThat(get(ORDERS + "/" + id, bob).expect(200).text())
                .contains(ada.id().toString());
    }

    @Test
    void noticesAreOnlyTakenWhereTheProviderSendsThem() {
        send(HttpMethod.POST, "/api/v1/marketplace/payments/notices", null, "{}")
                .expect(404);
    }
}
