package dev.cadenza.e2e;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A partner's end of a webhook: checks the signature with the reference library and keeps what it got. */
final class WebhookReceiver implements AutoCloseable {

    /**
     * A delivery.
     *
     * @param id the {@code webhook-id}: the same for every repeat
     * @param genuine whether the signature held
     */
    record Delivery(String id, JsonNode body, boolean genuine) {
        String type() {
            return body.path("type").asString();
        }
    }

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final HttpServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Webhook verifier;

    WebhookReceiver() throws Exception {
        this.verifier = new Webhook(SECRET);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    /** Has the account's events of these types sent here. */
    void subscribe(Account account, String... events) {
        account.api()
                .post("/api/v1/webhooks", Map.of("url", url(), "events", List.of(events), "secret", SECRET))
                .expect(201);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean genuine;
        try {
            verifier.verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            genuine = true;
        } catch (WebhookVerificationException e) {
            genuine = false;
        }
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        deliveries.add(new Delivery(id == null ? "" : id, Api.JSON.readTree(body), genuine));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
