package dev.cadenza.launcher.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's machine: takes signed events and refuses those whose signature is not the platform's. */
final class WebhookReceiver implements AutoCloseable {

    /**
     * A signed event.
     *
     * @param id the same at every attempt
     * @param type such as {@code track.uploaded}
     */
    record Event(String id, String type) {}

    private final JsonMapper json = JsonMapper.builder().build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile int refused;
    private volatile @Nullable Webhook key;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** The key that the platform showed at registration. */
    void expect(String secret) throws DemoFailedException {
        try {
            key = new Webhook(secret);
        } catch (EmptyWebhookSecretException | IllegalArgumentException e) {
            throw new DemoFailedException("The webhook's key is none: " + e.getMessage());
        }
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    boolean has(String type) {
        return events.stream().anyMatch(event -> event.type().equals(type));
    }

    int refused() {
        return refused;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Webhook known = key;
            int status = 204;
            try {
                if (known == null) {
                    status = 503; // too early; it is sent again
                } else {
                    known.verify(
                            body,
                            HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true)
                                    .map());
                    String id = exchange.getRequestHeaders().getFirst("webhook-id");
                    JsonNode event = json.readTree(body);
                    // an event may come twice
                    if (events.stream().noneMatch(earlier -> earlier.id().equals(id))) {
                        events.add(new Event(id, event.path("type").asString("")));
                    }
                }
            } catch (WebhookVerificationException e) {
                refused++;
                status = 401;
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
