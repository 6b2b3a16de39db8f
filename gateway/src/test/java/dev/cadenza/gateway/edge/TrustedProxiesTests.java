package dev.cadenza.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class TrustedProxiesTests {

    private final TrustedProxies proxies = proxies("10.0.0.0/8", "2001:db8:aaaa::/48");

    @ParameterizedTest
    @CsvSource({
        // nobody is believed who does not come through a proxy of ours
        "192.0.2.1,        6.6.6.6,                          192.0.2.1",
        "192.0.2.1,        ,                                 192.0.2.1",
        "10.0.0.1,         ,                                 10.0.0.1",
        "10.0.0.1,         192.0.2.1,                        192.0.2.1",
        // what stands before the first stranger that stranger may have made up
        "10.0.0.1,         '6.6.6.6, 192.0.2.1',             192.0.2.1",
        "10.0.0.1,         '6.6.6.6, 192.0.2.1, 10.1.1.1',   192.0.2.1",
        "10.0.0.1,         '10.9.9.9, 10.1.1.1',             10.9.9.9",
        "10.0.0.1,         '6.6.6.6, rubbish, 10.1.1.1',     10.1.1.1",
        "10.0.0.1,         rubbish,                          10.0.0.1",
        "10.0.0.1,         192.0.2.1:4711,                   192.0.2.1",
        "10.0.0.1,         '[2001:db8::1]:4711',             2001:db8::1",
        "10.0.0.1,         '2001:db8::1, 2001:db8:aaaa::5',  2001:db8::1",
        "2001:db8:aaaa::5, 192.0.2.1,                        192.0.2.1"
    })
    void theClientIsTheLastStrangerOnTheWay(String peer, @Nullable String forwarded, String client) {
        MockServerHttpRequest.BaseBuilder<?> request =
                MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(peer, 1));
        if (forwarded != null) {
            request.header("X-Forwarded-For", forwarded);
        }
        assertThat(proxies.of(request.build())).isEqualTo(client);
    }

    @Test
    void severalLinesAreOneWay() {
        assertThat(proxies.of(MockServerHttpRequest.get("/")
                        .remoteAddress(new InetSocketAddress("10.0.0.1", 1))
                        .header("X-Forwarded-For", "6.6.6.6", "192.0.2.1", "10.1.1.1")
                        .build()))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void networksAreWrittenAsCidr() {
        for (String network : new String[] {"10.0.0.0", "example.org/8", "10.0.0.0/x", ""}) {
            assertThatThrownBy(() -> proxies(network)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static TrustedProxies proxies(String... networks) {
        return new TrustedProxies(new EdgeSettings(List.of(), List.of(networks), URI.create("https://music.example")));
    }
}
