package dev.cadenza.social.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cadenza.social.Receiver;
import dev.cadenza.social.webhook.AddressGuard;
import dev.cadenza.social.webhook.Outcome;
import dev.cadenza.social.webhook.WebhookSettings;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Receiver receiver = new Receiver();
    private final HttpWebhookSender local = sender(List.of("127.0.0.0/8"), Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        local.close();
        receiver.close();
    }

    @Test
    void postsTheBodyAndTheHeaders() {
        Outcome outcome = post(local, receiver.url("/hook?x=1"), "{\"ü\":1}");

        assertThat(outcome).isEqualTo(new Outcome.Answered(204, null));
        Receiver.Request request = receiver.requests().getFirst();
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.body()).isEqualTo("{\"ü\":1}");
        assertThat(request.header("webhook-id")).isEqualTo("1");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("content-length")).isEqualTo("8");
        assertThat(request.headers().firstValue("transfer-encoding")).isEmpty();
        assertThat(request.header("user-agent")).startsWith("Cadenza");
    }

    @Test
    void reachesANameThatResolvesToAnAllowedAddress() {
        assertThat(post(local, "http://localhost:" + receiver.port() + "/", "{}"))
                .isEqualTo(new Outcome.Answered(204, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "0.0.0.0",
                "[::]",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0x7f.1",
                "user@127.0.0.1",
                "localhost.",
                "0"
            })
    void makesNoConnectionToWhatIsNotPublic(String host) {
        try (HttpWebhookSender guarded = sender(List.of(), Duration.ofSeconds(10))) {
            Outcome outcome = post(guarded, "http://" + host + ":" + receiver.port() + "/", "{}");

            // to java.net.URI a host like 127.1 is none at all, so that not even a name is looked up
            boolean isHost = URI.create("http://" + host + "/").getHost() != null;
            assertThat(outcome).isEqualTo(new Outcome.Unreached(isHost ? "no public address" : "connection failed"));
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (Receiver elsewhere = new Receiver()) {
            receiver.answers(Receiver.status(status, "Location", elsewhere.url("/")));

            assertThat(post(local, receiver.url("/"), "{}")).isEqualTo(new Outcome.Answered(status, null));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void usesNoProxyOfItsSurroundings() {
        String before = System.getProperty("http.proxyHost");
        try (Receiver proxy = new Receiver()) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            try (HttpWebhookSender sender = sender(List.of("127.0.0.0/8"), Duration.ofSeconds(10))) {
                post(sender, receiver.url("/"), "{}");
            }
            assertThat(proxy.requests()).isEmpty();
            assertThat(receiver.requests()).hasSize(1);
        } finally {
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
            if (before == null) {
                System.clearProperty("http.proxyHost");
            } else {
                System.setProperty("http.proxyHost", before);
            }
        }
    }

    @Test
    void readsHowLongTheReceiverAsksToWait() {
        receiver.answers(Receiver.status(429, "Retry-After", "120"));
        assertThat(post(local, receiver.url("/"), "{}")).isEqualTo(new Outcome.Answered(429, Duration.ofMinutes(2)));

        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3_600).atOffset(ZoneOffset.UTC));
        receiver.answers(Receiver.status(503, "Retry-After", date));
        assertThat(post(local, receiver.url("/"), "{}"))
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.retryAfter())
                                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60)));

        receiver.answers(Receiver.status(503, "Retry-After", "soon"));
        assertThat(post(local, receiver.url("/"), "{}")).isEqualTo(new Outcome.Answered(503, null));
    }

    @Test
    void losesPatienceWithAReceiverThatDoesNotAnswer() {
        receiver.answers((exchange, count) -> pause());
        try (HttpWebhookSender hasty = sender(List.of("127.0.0.0/8"), Duration.ofMillis(300))) {
            assertThat(post(hasty, receiver.url("/"), "{}")).isEqualTo(new Outcome.Unreached("timeout"));
        }
    }

    @Test
    void losesPatienceWithABodyThatDrips() {
        receiver.answers((exchange, count) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < 100; i++) {
                out.write('.');
                out.flush();
                pause();
            }
        });
        try (HttpWebhookSender hasty = sender(List.of("127.0.0.0/8"), Duration.ofMillis(300))) {
            assertThat(post(hasty, receiver.url("/"), "{}")).isEqualTo(new Outcome.Unreached("timeout"));
        }
    }

    @Test
    void readsNoEndlessAnswer() {
        receiver.answers((exchange, count) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[64 * 1024];
            OutputStream out = exchange.getResponseBody();
            for (long i = 0; i < 1_000_000; i++) {
                out.write(much);
            }
        });

        assertThat(post(local, receiver.url("/"), "{}")).isEqualTo(new Outcome.Answered(200, null));
    }

    @Test
    void trustsNoCertificateThatNobodyVouchesFor(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 1);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(post(local, "https://localhost:" + server.getAddress().getPort() + "/", "{}"))
                    .isEqualTo(new Outcome.Unreached("TLS failed"));
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatNobodyListens() {
        receiver.close();

        assertThat(post(local, receiver.url("/"), "{}")).isEqualTo(new Outcome.Unreached("connection failed"));
    }

    @Test
    void saysTheSameOfNamesThatDoNotExistAndNamesThatAreNotPublic() {
        try (HttpWebhookSender guarded = sender(List.of(), Duration.ofSeconds(10))) {
            assertThat(post(guarded, "http://localhost:" + receiver.port() + "/", "{}"))
                    .isEqualTo(new Outcome.Unreached("no public address"));
        }
    }

    @Test
    void connectsToTheAllowedOnesAmongTheAddressesOfAName() throws Exception {
        GuardedResolver mixed = new GuardedResolver(names("127.0.0.1", "8.8.8.8", "::1"), new AddressGuard(List.of()));
        InetSocketAddress name = InetSocketAddress.createUnresolved("rebinding.example", 80);

        AddressResolver<InetSocketAddress> resolver = mixed.getResolver(ImmediateEventExecutor.INSTANCE);

        assertThat(resolver.isResolved(new InetSocketAddress("127.0.0.1", 80))).isFalse();
        assertThat(resolver.resolve(name).get().getAddress().getHostAddress()).isEqualTo("8.8.8.8");
        assertThat(resolver.resolveAll(name).get()).hasSize(1);
        assertThat(resolver.resolve(new InetSocketAddress("127.0.0.1", 80)).cause())
                .isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void refusesANameThatHasOnlyOtherAddresses() {
        GuardedResolver inner = new GuardedResolver(names("10.0.0.1", "::ffff:127.0.0.1"), new AddressGuard(List.of()));

        assertThat(inner.getResolver(ImmediateEventExecutor.INSTANCE)
                        .resolve(InetSocketAddress.createUnresolved("inner.example", 80))
                        .cause())
                .isInstanceOf(RefusedAddressException.class);
    }

    private static Outcome post(HttpWebhookSender sender, String url, String body) {
        Outcome outcome =
                sender.post(URI.create(url), Map.of("webhook-id", "1"), body).block(PATIENCE);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    private static HttpWebhookSender sender(List<String> allowed, Duration timeout) {
        WebhookSettings settings = new WebhookSettings(
                allowed,
                timeout,
                timeout.plusSeconds(1),
                Duration.ofSeconds(1),
                10,
                10,
                10,
                10,
                Duration.ofHours(1),
                Duration.ofDays(1));
        return new HttpWebhookSender(new AddressGuard(allowed), settings, Clock.systemUTC());
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AddressResolverGroup<InetSocketAddress> names(String... addresses) {
        return new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String name, Promise<InetAddress> promise) throws Exception {
                        promise.setSuccess(InetAddress.getByName(addresses[0]));
                    }

                    @Override
                    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                        promise.setSuccess(Arrays.stream(addresses)
                                .map(HttpWebhookSenderTests::address)
                                .toList());
                    }
                }.asAddressResolver();
            }
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
