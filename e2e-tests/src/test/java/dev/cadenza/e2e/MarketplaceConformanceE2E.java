package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.testing.DocumentedJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every documented example of the marketplace, key by key, through the gateway; and orders that are made again. */
class MarketplaceConformanceE2E {

    private static final byte[] SOUND = Sounds.song(1);
    private static final String ORDERS = "/api/v1/marketplace/orders";

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);
    private final Account bob = Account.register(platform);

    @Test
    void everyRowOfTheMarketplaceHasACase() throws IOException {
        RowCoverage.check(MarketplaceConformanceE2E.class, "/marketplace-rows.txt");
    }

    private Api.Answer offered(String price) {
        return ann.api()
                .post(
                        "/api/v1/marketplace/products",
                        Map.of(
                                "title",
                                "My Product",
                                "description",
                                "A great track for sale",
                                "price",
                                new BigDecimal(price),
                                "product_type",
                                "track",
                                "track_id",
                                ann.uploadedTrack(SOUND, "For sale"),
                                "license_type",
                                "standard"))
                .expect(201);
    }

    private static Map<String, Object> order(String product) {
        return Map.of("items", List.of(Map.of("product_id", product)));
    }

    @Nested
    class Veza {

        private static final String ORDER = """
                {"success": true, "data": {"id": "880e8400-e29b-41d4-a716-446655440003",
                "buyer_id": "990e8400-e29b-41d4-a716-446655440004", "total_amount": 9.99, "currency": "EUR",
                "status": "completed", "items": [{"product_id": "550e8400-e29b-41d4-a716-446655440000", "price": 9.99}],
                "created_at": "2025-01-01T00:00:00Z"}}""";

        @Test
        @Row({
            "veza GET /api/v1/marketplace/products",
            "veza POST /api/v1/marketplace/products",
            "veza PUT /api/v1/marketplace/products/{id}"
        })
        void productsAreOfferedListedAndChanged() {
            Api.Answer made = offered("9.99");
            DocumentedJson.assertShape(made.text(), """
                    {"success": true, "data": {"id": "550e8400-e29b-41d4-a716-446655440000", "title": "My Product",
                    "price": 9.99, "status": "active", "created_at": "2025-01-01T00:00:00Z"}}""");
            Api.Answer list = platform.anonymous()
                    .get("/api/v1/marketplace/products?status=active&seller_id=" + ann.id())
                    .expect(200);
            DocumentedJson.assertShape(list.text(), """
                    {"success": true, "data": [{"id": "550e8400-e29b-41d4-a716-446655440000", "title": "My Product",
                    "description": "A great track for sale", "price": 9.99, "currency": "EUR", "status": "active",
                    "product_type": "track", "seller_id": "660e8400-e29b-41d4-a716-446655440001",
                    "created_at": "2025-01-01T00:00:00Z"}]}""");
            String path =
                    "/api/v1/marketplace/products/" + made.data().path("id").asString();
            Map<String, Object> update =
                    Map.of("title", "Updated Product Title", "price", new BigDecimal("12.99"), "status", "active");
            DocumentedJson.assertShape(ann.api().put(path, update).expect(200).text(), """
                    {"success": true, "data": {"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "Updated Product Title", "price": 12.99}}""");
            bob.api().put(path, update).expect(403);
        }

        @Test
        @Row({
            "veza POST /api/v1/marketplace/orders",
            "veza GET /api/v1/marketplace/orders",
            "veza GET /api/v1/marketplace/orders/{id}",
            "veza GET /api/v1/marketplace/download/{product_id}"
        })
        void whatIsOrderedCanBeDownloadedUntilItIsRefunded() {
            String product = offered("9.99").data().path("id").asString();
            Api.Answer placed = bob.api().post(ORDERS, order(product)).expect(201);
            DocumentedJson.assertShape(placed.text(), ORDER);
            assertThat(placed.data().path("buyer_id").asString()).isEqualTo(bob.id());
            String path = ORDERS + "/" + placed.data().path("id").asString();
            DocumentedJson.assertShape(bob.api().get(path).expect(200).text(), ORDER);
            ann.api().get(path).expect(404);
            DocumentedJson.assertShape(bob.api().get(ORDERS).expect(200).text(), """
                    {"success": true, "data": [{"id": "880e8400-e29b-41d4-a716-446655440003", "total_amount": 9.99,
                    "status": "completed", "created_at": "2025-01-01T00:00:00Z"}]}""");
            Api.Answer download =
                    bob.api().get("/api/v1/marketplace/download/" + product).expect(200);
            DocumentedJson.assertShape(download.text(), """
                    {"success": true, "data": {"url": "https://storage.example.com/download/track123.mp3?token=abc123"}}""");
            String url = download.data().path("url").asString();
            assertThat(platform.anonymous().get(url).expect(200).bytes()).isEqualTo(SOUND);
            assertThat(platform.anonymous()
                            .get(url, "Range", "bytes=0-9")
                            .expect(206)
                            .bytes())
                    .hasSize(10);
            ann.api().get(url).expect(404);
            bob.api().post(path + "/refund", Map.of()).expect(403);
            ann.api().post(path + "/refund", Map.of()).expect(200);
            platform.anonymous().get(url).expect(403);
        }
    }

    @Test
    void anOrderThatIsMadeAgainIsTheSameOrder() {
        String product = offered("5").data().path("id").asString();
        String key = UUID.randomUUID().toString();
        Api.Answer first = keyed(key, product).expect(201);
        Api.Answer again = keyed(key, product).expect(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        keyed(key, UUID.randomUUID().toString()).expect(422);
        bob.api().post(ORDERS, order(product)).expect(409);
        assertThat(bob.api().get(ORDERS).data().size()).isEqualTo(1);
    }

    private Api.Answer keyed(String key, String product) {
        return bob.api()
                .send(
                        "POST",
                        ORDERS,
                        BodyPublishers.ofString(Api.JSON.writeValueAsString(order(product))),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        key);
    }
}
