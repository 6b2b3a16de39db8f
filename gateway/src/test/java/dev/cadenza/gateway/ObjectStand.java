package dev.cadenza.gateway;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A small real HTTP server in the place of the object store; the path says how it behaves. */
final class ObjectStand {

    static final int SIZE = 3_000_000;

    /** Addresses that were asked for. */
    static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final DisposableServer SERVER = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(ObjectStand::answer)
            .bindNow();

    private ObjectStand() {}

    static String address() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    /** The bytes of its only object. */
    static byte[] bytes(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((from + i) * 31 >> 3);
        }
        return bytes;
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        ASKED.add(request.uri());
        Matcher range = RANGE.matcher(request.requestHeaders().get("Range", ""));
        byte[] whole = bytes(0, SIZE);
        byte[] part = range.matches()
                ? Arrays.copyOfRange(whole, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1)
                : whole;
        return switch (request.path()) {
            case "bucket/song" -> send(response.status(206), part);
            case "bucket/whole" -> send(response.status(200), whole);
            case "bucket/short" -> send(response.status(206), Arrays.copyOf(part, part.length - 1));
            case "bucket/refused" -> response.status(403).send();
            case "bucket/never" -> Mono.never();
            case "bucket/broken" ->
                response.status(206)
                        .header("Content-Length", Integer.toString(part.length))
                        .send(Flux.just(Unpooled.wrappedBuffer(Arrays.copyOf(part, 200_000)))
                                .concatWith(Mono.error(new IllegalStateException("the disk is gone"))));
            default -> response.status(404).send();
        };
    }

    private static Publisher<Void> send(HttpServerResponse response, byte[] bytes) {
        return response.header("Content-Length", Integer.toString(bytes.length))
                .header("X-Of-Store", "yes")
                .send(Mono.just(Unpooled.wrappedBuffer(bytes)));
    }
}
