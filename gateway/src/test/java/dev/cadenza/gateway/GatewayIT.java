package dev.cadenza.gateway;

import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.platform.testing.TestKafka;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One running gateway for all tests that need no settings of their own, in front of stand-ins of every service. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cadenza.gateway.forward.response-timeout=700ms",
            "cadenza.gateway.forward.max-body.recording=64MB",
            "cadenza.gateway.forward.breaker.open-for=300ms",
            "cadenza.gateway.identity.keep-refusal=300ms",
            "cadenza.gateway.limits.address=100000/1m",
            "cadenza.gateway.limits.sign-in=100000/1m",
            "cadenza.gateway.limits.upload=100000/1m",
            "cadenza.gateway.watch.denied-by-address=100000",
            "cadenza.gateway.watch.denied=100000",
            "cadenza.gateway.docs.refresh=200ms",
            "cadenza.gateway.docs.retry=200ms",
            "cadenza.gateway.allowed-origins=https://app.example",
            "cadenza.public-base-url=https://music.example"
        })
abstract class GatewayIT {

    @LocalServerPort
    int port;

    @Autowired
    CircuitBreakerRegistry breakers;

    WebTestClient client;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        Upstreams.SERVICES.forEach(
                service -> registry.add("cadenza.services." + service, () -> Upstreams.address(service)));
        // as people write addresses
        registry.add("cadenza.gateway.forward.object-store", () -> ObjectStand.address() + "/");
        registry.add("cadenza.security.issuers[0].issuer", TestIssuer::issuer);
        registry.add("cadenza.security.issuers[0].jwks-uri", TestIssuer::jwksUri);
        registry.add("spring.kafka.bootstrap-servers", TestKafka::bootstrapServers);
    }

    @BeforeEach
    void client() {
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** Sends a request as it stands, for those that no client would send, and gives the whole answer. */
    String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String close = head.contains("Connection:") ? "" : "Connection: close\r\n";
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\n" + close + "\r\n").getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
