package dev.cadenza.gateway.forward;

import static org.springframework.http.HttpMethod.GET;

import dev.cadenza.platform.web.media.FewAhead;
import dev.cadenza.platform.web.media.HandOver;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request to a service, and its answer to the client. Does what Spring Cloud Gateway's own routing and writing filters
 * do together, with one copy of the headers each way, nothing sent where there is no body, and a small answer written in
 * one go (docs/decisions/0018-what-a-request-costs.md).
 */
final class ServiceCall {

    /** Answers of a known length up to this many bytes are written at once; longer ones stream. */
    private static final long WRITTEN_AT_ONCE = 64 * 1024;

    private final HttpClient client;
    private final PassedHeaders headers;
    private final String service;
    private final @Nullable StoredBodies stored;

    /**
     * Calls one service.
     *
     * @param address without a path
     * @param stored null: the service sends all bodies itself
     */
    ServiceCall(HttpClient client, PassedHeaders headers, URI address, @Nullable StoredBodies stored) {
        this.client = client;
        this.headers = headers;
        this.service = address.toString();
        this.stored = stored;
    }

    /**
     * The head of an answer; its body waits in the connection.
     *
     * @param length bytes of the body where the head does not tell; otherwise -1
     */
    record Answer(HttpClientResponse head, Connection connection, long length) {}

    /** Whether a request has a body at all. */
    static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().getContentLength() > 0
                || request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Address of the request at the service. */
    URI address(ServerHttpRequest request) {
        return URI.create(target(request));
    }

    /** Sends the request; its answer's head, or an error where there is none. */
    Mono<Answer> send(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpClient.RequestSender sender = client.headers(out -> {
                    headers.toService(request.getHeaders(), exchange, out::add);
                    if (stored != null && request.getMethod() == GET) {
                        out.add(HandOver.STORE, stored.origin());
                    }
                })
                .request(HttpMethod.valueOf(request.getMethod().name()));
        HttpClient.ResponseReceiver<?> answering = hasBody(request)
                ? sender.uri(target(request))
                        .send((out, connection) ->
                                connection.send(request.getBody().map(ServiceCall::bytes)))
                : sender.uri(target(request));
        return answering
                .responseConnection((head, connection) -> Mono.just(new Answer(head, connection, -1)))
                .single();
    }

    /** Passes the answer on to the client, with the body that the service sent or named. */
    Mono<Void> relay(ServerWebExchange exchange, Answer answer) {
        return stored != null && StoredBodies.handedOver(answer)
                ? stored.fetch(answer).flatMap(whole -> write(exchange, whole))
                : write(exchange, answer);
    }

    private static Mono<Void> write(ServerWebExchange exchange, Answer answer) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.head().status().code()));
        HttpHeaders out = response.getHeaders();
        for (Map.Entry<String, String> header : answer.head().responseHeaders()) {
            if (PassedHeaders.reachesClient(header.getKey())) {
                out.add(header.getKey(), header.getValue());
            }
        }
        if (answer.length() >= 0) {
            out.setContentLength(answer.length());
        }
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        Connection connection = answer.connection();
        Mono<Void> written;
        long length = out.getContentLength();
        if (length >= 0 && length <= WRITTEN_AT_ONCE) {
            written = response.writeWith(
                    connection.inbound().receive().aggregate().retain().map(buffers::wrap));
        } else {
            Flux<DataBuffer> body = connection.inbound().receive().retain().map(buffers::wrap);
            written = isStream(out) ? response.writeAndFlushWith(body.map(Mono::just)) : FewAhead.write(response, body);
        }
        return written.doOnCancel(connection::dispose).doOnError(error -> connection.dispose());
    }

    private String target(ServerHttpRequest request) {
        URI uri = request.getURI();
        return uri.getRawQuery() == null
                ? service + uri.getRawPath()
                : service + uri.getRawPath() + '?' + uri.getRawQuery();
    }

    /** Events are of use only when they come at once. */
    private static boolean isStream(HttpHeaders headers) {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static ByteBuf bytes(DataBuffer buffer) {
        return ((NettyDataBuffer) buffer).getNativeBuffer();
    }
}
