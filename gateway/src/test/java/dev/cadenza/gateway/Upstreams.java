package dev.cadenza.gateway;

import dev.cadenza.platform.web.media.HandOver;
import io.netty.buffer.Unpooled;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One small real HTTP server per service; each tells what arrived, in headers of its answer. */
final class Upstreams {

    static final List<String> SERVICES =
            List.of("auth", "catalog", "playlist", "social", "generation", "processing", "analytics");

    private static final Map<String, DisposableServer> RUNNING = new ConcurrentHashMap<>();
    private static final Map<String, ChannelGroup> CONNECTIONS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

    /** What auth-service answers about an API key or a session cookie; 401 about all others. */
    static final Map<String, Supplier<String>> IDENTITIES = new ConcurrentHashMap<>();

    /** Keys and cookies that auth-service was asked about. */
    static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static final Pattern CREDENTIAL = Pattern.compile("\\{\"(?:api_key|session)\":\"([^\"]+)\"}");

    /** Requests that reached any service. */
    static final AtomicInteger ARRIVED = new AtomicInteger();

    /** Bytes of the upload that is under way at {@code …?slow-upload}. */
    static final AtomicLong UPLOADED = new AtomicLong();

    /** What services answer when they are asked what they serve; those that are not here answer 404. */
    static final Map<String, String> DESCRIPTIONS = new ConcurrentHashMap<>();

    /** Opened by a test when {@code …?slow-download} may send its second half. */
    static volatile CountDownLatch secondHalf = new CountDownLatch(1);

    static {
        SERVICES.forEach(Upstreams::start);
    }

    private Upstreams() {}

    static String address(String service) {
        return "http://127.0.0.1:" + PORTS.get(service);
    }

    static void start(String service) {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        DisposableServer server = HttpServer.create()
                .channelGroup(connections)
                .bindAddress(
                        () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), PORTS.getOrDefault(service, 0)))
                .route(routes -> routes.ws(
                                "/ws/processing/",
                                (in, out) -> out.sendString(in.receive()
                                        .asString()
                                        .map(text -> "echo " + text + " with "
                                                + in.headers().get("Authorization"))))
                        .post("/internal/exchange", Upstreams::exchange)
                        .route(request -> true, (request, response) -> answer(service, request, response)))
                .bindNow();
        PORTS.put(service, server.port());
        RUNNING.put(service, server);
        CONNECTIONS.put(service, connections);
    }

    static void stop(String service) {
        DisposableServer server = RUNNING.remove(service);
        if (server != null) {
            server.disposeNow(Duration.ofSeconds(2));
            Objects.requireNonNull(CONNECTIONS.get(service)).close().syncUninterruptibly();
        }
    }

    private static Publisher<Void> exchange(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> {
            Matcher credential = CREDENTIAL.matcher(body);
            if (!credential.matches()) {
                return response.status(400).send().then();
            }
            ASKED.add(credential.group(1));
            Supplier<String> identity = IDENTITIES.get(credential.group(1));
            return identity == null
                    ? response.status(401).send().then()
                    : response.header("Content-Type", "application/json")
                            .sendString(Mono.fromSupplier(identity))
                            .then();
        });
    }

    private static Publisher<Void> answer(String service, HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().equals("/v3/api-docs") && !request.requestHeaders().contains("X-Forwarded-For")) {
            // the gateway's own question, now and then
            String description = DESCRIPTIONS.get(service);
            return description == null
                    ? response.sendNotFound()
                    : response.header("Content-Type", "application/json").sendString(Mono.just(description));
        }
        ARRIVED.incrementAndGet();
        response.header("Seen-Service", service)
                .header("Seen-Method", request.method().name())
                .header("Seen-Uri", request.uri())
                .header("X-Request-Id", "from-the-service")
                .header("X-Content-Type-Options", "nosniff");
        Map<String, String> seen = new LinkedHashMap<>();
        request.requestHeaders()
                .forEach(header -> seen.merge(header.getKey(), header.getValue(), (a, b) -> a + " & " + b));
        seen.forEach((name, value) -> response.header("Seen-" + name, value));
        String path = request.uri();
        if (path.endsWith("?slow-upload")) {
            UPLOADED.set(0);
            return request.receive()
                    .doOnNext(chunk -> UPLOADED.addAndGet(chunk.readableBytes()))
                    .then(response.status(201)
                            .sendString(Mono.fromSupplier(() -> "got " + UPLOADED.get()))
                            .then());
        }
        if (path.endsWith("?slow-download")) {
            return response.sendString(
                    Flux.concat(
                            Mono.just("first half "),
                            Mono.fromCallable(() -> {
                                        secondHalf.await();
                                        return "second half";
                                    })
                                    .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())),
                    StandardCharsets.UTF_8);
        }
        if (path.endsWith("?never")) {
            return Mono.never();
        }
        if (path.endsWith("?refuse-early")) {
            return response.status(413).sendString(Mono.just("too much"));
        }
        if (path.endsWith("?hang-up")) {
            request.withConnection(connection -> connection.dispose());
            return Mono.never();
        }
        if (path.endsWith("?busy")) {
            return response.status(503).header("Retry-After", "9").sendString(Mono.just("busy"));
        }
        if (path.contains("?handed-over=")) {
            return response.status(206)
                    .header("Content-Range", "bytes 100-999999/" + ObjectStand.SIZE)
                    .header("Content-Type", "audio/mpeg")
                    .header("Content-Length", "0")
                    .header(HandOver.LOCATION, path.substring(path.indexOf('=') + 1))
                    .header(HandOver.BYTES, "100-999999")
                    .send();
        }
        if (path.endsWith("/download")) {
            byte[] part = "0123456789".getBytes(StandardCharsets.UTF_8);
            response.status(206)
                    .header("Content-Range", "bytes 0-9/100")
                    .header("ETag", "\"v1\"")
                    .header("Content-Length", "10");
            return request.method().name().equals("HEAD")
                    ? response.send()
                    : response.send(Mono.just(Unpooled.wrappedBuffer(part)));
        }
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .flatMap(body -> response.header("Seen-Length", Integer.toString(body.length()))
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just("{\"served\":true}"))
                        .then());
    }
}
