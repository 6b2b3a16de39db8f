package dev.cadenza.launcher.infra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mails in a browser ({@code /}, {@code /mails/ID}) and for programs ({@code /api/mails?to=ADDRESS&limit=N}, newest
 * first), and the state of this process ({@code /health}). {@code POST /kafka/stop}, {@code /s3/stop}, {@code /smtp/stop} and
 * {@code …/start}, with the header {@code X-Cadenza-Fault}, take that server away and bring it back, so that tests see how the
 * services bear it.
 */
final class MailPage implements StandIn {

    private static final int LIST_LIMIT = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']+");
    /** The page may only be asked for by its own name: other sites must not read mails by pointing a name here. */
    private static final Pattern OWN_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private final Mails mails;
    private final List<StandIn> others;
    private final Map<String, StandIn> stoppable;
    private final int port;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean allStarted;
    private @Nullable HttpServer server;

    MailPage(Mails mails, List<StandIn> others, List<StandIn> stoppable, int port) {
        this.mails = mails;
        this.others = others;
        this.stoppable = stoppable.stream().collect(Collectors.toMap(StandIn::name, standIn -> standIn));
        this.port = port;
    }

    @Override
    public String name() {
        return "mail page";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() throws IOException {
        HttpServer starting = HttpServer.create(new InetSocketAddress(InfrastructureSettings.LOOPBACK, port), 0);
        starting.setExecutor(threads);
        starting.createContext("/", this::answer);
        starting.start();
        server = starting;
    }

    @Override
    public void stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
        threads.shutdownNow();
    }

    /** Until then {@code /health} answers 503. */
    void everythingStarted() {
        allStarted = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            String path = exchange.getRequestURI().getPath();
            if (host == null || !OWN_HOST.matcher(host).matches()) {
                json(exchange, 403, Map.of("error", "This page answers to localhost only."));
            } else if (exchange.getRequestMethod().equals("POST")) {
                fault(exchange, path.split("/", -1));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                json(exchange, 405, Map.of("error", "Only GET is known here."));
            } else if (path.equals("/health")) {
                health(exchange);
            } else if (path.equals("/api/mails")) {
                Map<String, String> query = query(exchange);
                json(
                        exchange,
                        200,
                        mails.newest(Optional.ofNullable(query.get("to")), limit(query)).stream()
                                .map(MailPage::row)
                                .toList());
            } else if (path.equals("/")) {
                html(
                        exchange,
                        200,
                        list(mails.newest(Optional.ofNullable(query(exchange).get("to")), LIST_LIMIT)));
            } else if (path.startsWith("/mails/")) {
                Optional<Mail> mail = mails.find(path.substring("/mails/".length()));
                html(
                        exchange,
                        mail.isPresent() ? 200 : 404,
                        mail.map(this::page).orElse(frame("No such mail", "")));
            } else {
                json(exchange, 404, Map.of("error", "Nothing here."));
            }
        }
    }

    /** Pages of other sites cannot send a header of their own here without asking first, and nothing answers that. */
    private void fault(HttpExchange exchange, String[] path) throws IOException {
        if (exchange.getRequestHeaders().getFirst("X-Cadenza-Fault") == null) {
            json(exchange, 403, Map.of("error", "The header X-Cadenza-Fault is missing."));
            return;
        }
        StandIn server = path.length == 3 ? stoppable.get(path[1]) : null;
        if (server == null || !path[2].equals("stop") && !path[2].equals("start")) {
            json(exchange, 404, Map.of("error", "Nothing here."));
            return;
        }
        try {
            if (path[2].equals("stop")) {
                server.stop();
            } else {
                server.start();
            }
            json(exchange, 200, Map.of("status", accepts(server.port()) ? "UP" : "DOWN"));
        } catch (Exception e) {
            json(exchange, 500, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        Map<String, String> states = new LinkedHashMap<>();
        boolean healthy = allStarted;
        for (StandIn other : others) {
            boolean up = accepts(other.port());
            healthy &= up;
            states.put(other.name(), up ? "UP" : "DOWN");
        }
        json(exchange, healthy ? 200 : 503, Map.of("status", healthy ? "UP" : "DOWN", "components", states));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InfrastructureSettings.LOOPBACK, port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, @Nullable Object> row(Mail mail) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", mail.id());
        row.put("to", mail.to());
        row.put("from", mail.from());
        row.put("subject", mail.subject());
        row.put("received_at", mail.receivedAt().toString());
        row.put("text", mail.text());
        row.put("html", mail.html());
        return row;
    }

    private static String list(List<Mail> newest) {
        List<String> rows = new ArrayList<>();
        for (Mail mail : newest) {
            String subject = mail.subject().isEmpty() ? "(no subject)" : mail.subject();
            rows.add("<tr><td>%s</td><td>%s</td><td>%s</td><td><a href=\"/mails/%s\">%s</a></td></tr>"
                    .formatted(time(mail), escape(mail.to()), escape(mail.from()), mail.id(), escape(subject)));
        }
        String table = rows.isEmpty()
                ? "<p>No mail yet.</p>"
                : "<table><tr><th>Received</th><th>To</th><th>From</th><th>Subject</th></tr>" + String.join("\n", rows)
                        + "</table>";
        return frame("Mails", table);
    }

    private String page(Mail mail) {
        String body = """
                <p><a href="/">All mails</a></p>
                <p><b>To</b> %s<br><b>From</b> %s<br><b>Received</b> %s</p>
                <pre>%s</pre>
                """.formatted(escape(mail.to()), escape(mail.from()), time(mail), withLinks(escape(mail.text())));
        String html = mail.html();
        if (html != null) {
            // sandboxed: its scripts do not run and its forms do not submit
            body += "<iframe sandbox=\"allow-popups\" srcdoc=\"%s\"></iframe>"
                    .formatted(escape("<base target=\"_blank\">" + html));
        }
        return frame(mail.subject().isEmpty() ? "(no subject)" : mail.subject(), body);
    }

    private static String frame(String title, String body) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>
                body{font-family:system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
                table{border-collapse:collapse;width:100%%}td,th{text-align:left;padding:.4rem;border-bottom:1px solid #ddd}
                pre{white-space:pre-wrap;background:#f6f6f6;padding:1rem}iframe{width:100%%;height:30rem;border:1px solid #ddd}
                </style></head><body><h1>%1$s</h1>%2$s</body></html>
                """.formatted(escape(title), body);
    }

    private static String time(Mail mail) {
        return TIME.format(mail.receivedAt().atZone(ZoneId.systemDefault()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String withLinks(String escaped) {
        return LINK.matcher(escaped)
                .replaceAll(link ->
                        "<a href=\"%1$s\">%1$s</a>".formatted(link.group().replace("$", "\\$")));
    }

    private static int limit(Map<String, String> query) {
        try {
            return Math.clamp(Integer.parseInt(query.getOrDefault("limit", "")), 1, LIST_LIMIT);
        } catch (NumberFormatException e) {
            return LIST_LIMIT;
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** A plus stays one: addresses such as {@code ann+test@example.org} are common here, spaces are not. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", json.writeValueAsBytes(body));
    }

    private void html(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
