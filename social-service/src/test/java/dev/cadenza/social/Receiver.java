package dev.cadenza.social;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Somebody else's program that takes webhooks, on the loopback. */
public final class Receiver implements AutoCloseable {

    /** What came. */
    public record Request(String path, HttpHeaders headers, String body) {

        /** The first value of a header. */
        public String header(String name) {
            return headers.firstValue(name).orElseThrow();
        }
    }

    /** What it says. */
    public interface Answer {
        void to(HttpExchange exchange, int count) throws IOException;
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Answer answer = status(204);

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 64);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** An answer without a body. */
    public static Answer status(int status, String... headers) {
        return (exchange, count) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** From now on it says this. */
    public void answers(Answer next) {
        answer = next;
    }

    /** Where it is. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** All that came, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                    body));
            answer.to(exchange, requests.size());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
