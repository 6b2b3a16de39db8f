package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExampleApplicationTest
class ClientOriginsTests {

    @Autowired
    WebTestClient client;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7               | 203.0.113.7",
                "203.0.113.7, 10.0.0.1     | 203.0.113.7",
                "2001:DB8:0:0:0:0:0:1      | 2001:db8::1",
                "::ffff:203.0.113.7        | 203.0.113.7"
            })
    void theGatewaySaysWhereARequestCameFrom(String sent, String ip) {
        client.get()
                .uri("/api/v1/things/open/origin")
                .header("X-Forwarded-For", sent)
                .header("User-Agent", "curl/8.5.0 \t(x)")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"ip\":\"" + ip + "\",\"user_agent\":\"curl/8.5.0 (x)\",\"in_context\":true}");
    }

    @Test
    void withoutTheGatewayItCameFromTheOtherEndOfTheConnection() {
        client.get()
                .uri("/api/v1/things/open/origin")
                .exchange()
                .expectBody()
                .jsonPath("$.ip")
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "unknown", "1.2.3", "1.2.3.4:80", "<script>", "1.2.3.4\u0085", " ", "::1::"})
    void whatIsNoAddressIsNotTakenForOne(String sent) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/")
                .header("X-Forwarded-For", sent)
                .remoteAddress(new java.net.InetSocketAddress("192.0.2.4", 4711)));
        assertThat(new ClientOrigins(ClientAddress::fromGateway).of(exchange).ip())
                .isEqualTo("192.0.2.4");
    }

    @Test
    void theSourceOfTheAddressCanBeReplaced() {
        var exchange =
                MockServerWebExchange.from(MockServerHttpRequest.get("/").header("X-Forwarded-For", "192.0.2.1"));
        assertThat(new ClientOrigins(request -> "198.51.100.9").of(exchange).ip())
                .isEqualTo("198.51.100.9");
    }

    @Test
    void theOriginIsNoParameterOfTheApi() {
        Map<?, ?> document = client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        assertThat(String.valueOf(document)).contains("/open/origin").doesNotContain("name=origin");
    }
}
