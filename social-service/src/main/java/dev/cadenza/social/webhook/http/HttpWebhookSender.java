package dev.cadenza.social.webhook.http;

import dev.cadenza.social.webhook.AddressGuard;
import dev.cadenza.social.webhook.Outcome;
import dev.cadenza.social.webhook.WebhookSender;
import dev.cadenza.social.webhook.WebhookSettings;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Sends deliveries with a client of its own: a guarded resolver, no redirects, no proxies, no cookies, no decompression,
 * a fresh connection each time, and little patience for long answers.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {

    // what a receiver says is not kept; reading a little lets well-behaved ones finish their answer
    private static final int MOST_OF_AN_ANSWER = 16 * 1024;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final LoopResources loops = LoopResources.create("webhook", 2, true);
    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    public HttpWebhookSender(AddressGuard guard, WebhookSettings settings, Clock clock) {
        this.timeout = settings.timeout();
        this.clock = clock;
        this.client = HttpClient.create(ConnectionProvider.newConnection())
                .runOn(loops, false)
                .resolver(new GuardedResolver(
                        new DnsAddressResolverGroup(
                                new DnsNameResolverBuilder().datagramChannelType(NioDatagramChannel.class)),
                        guard))
                .noProxy()
                .followRedirect(false)
                .disableRetry(true)
                .compress(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(LONGEST_HEADERS))
                .responseTimeout(timeout)
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, "Cadenza-Webhooks/1")
                        .set(HttpHeaderNames.ACCEPT, "*/*"));
    }

    @Override
    public Mono<Outcome> post(URI url, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        return client.headers(target -> {
                    headers.forEach(target::set);
                    target.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                    // not in chunks: the HTTP servers of many script languages cannot read those
                    target.set(HttpHeaderNames.CONTENT_LENGTH, content.length);
                })
                .post()
                .uri(url)
                .send((request, out) -> out.sendByteArray(Mono.just(content)))
                .response((response, answer) -> drained(answer).thenReturn(outcome(response)))
                .next()
                .timeout(timeout)
                .onErrorResume(error -> Mono.just(new Outcome.Unreached(reason(error))));
    }

    @Override
    public void close() {
        loops.dispose();
    }

    private static Mono<Void> drained(ByteBufFlux content) {
        return Flux.from(content)
                .map(buffer -> buffer.readableBytes())
                .scan(0, Integer::sum)
                .takeUntil(read -> read > MOST_OF_AN_ANSWER)
                .then()
                // the status is what counts, even where the rest of the answer breaks off
                .onErrorResume(error -> Mono.empty());
    }

    private Outcome outcome(HttpClientResponse response) {
        return new Outcome.Answered(
                response.status().code(), retryAfter(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER)));
    }

    private @Nullable Duration retryAfter(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String reason(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                // one text for both, or it would tell which names exist on this network
                case RefusedAddressException refused -> {
                    return "no public address";
                }
                case UnknownHostException unknown -> {
                    return "no public address";
                }
                case TimeoutException timeout -> {
                    return "timeout";
                }
                case io.netty.handler.timeout.TimeoutException timeout -> {
                    return "timeout";
                }
                case io.netty.channel.ConnectTimeoutException timeout -> {
                    return "timeout";
                }
                case SSLException tls -> {
                    return "TLS failed";
                }
                default -> {}
            }
        }
        return "connection failed";
    }
}
