package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.identity.Revocations;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/** {@link Tokens} for everything that serves requests; workers serve none. */
@AutoConfiguration
@EnableConfigurationProperties(SecuritySettings.class)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
public class TokenConfiguration {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    @Bean
    Tokens tokens(SecuritySettings settings, ObjectProvider<Revocations> revocations, Clock clock) {
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)))
                .build();
        return new Tokens(settings, revocations.orderedStream().toList(), client, clock);
    }

    @Bean
    ReadKeysAhead readKeysAhead(Tokens tokens) {
        return new ReadKeysAhead(tokens);
    }
}
