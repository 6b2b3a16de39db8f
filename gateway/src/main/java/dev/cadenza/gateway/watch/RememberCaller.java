package dev.cadenza.gateway.watch;

import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.security.CallerArgumentResolver;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps who a verified token names for those who look at the request when it is over, outside of security. */
@Order(-1)
public final class RememberCaller implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return CallerArgumentResolver.of(exchange)
                .doOnNext(caller -> Visitor.remember(caller, exchange))
                // a token that names nobody: the service says what that means
                .onErrorResume(FailureException.class, nobody -> Mono.empty())
                .then(Mono.defer(() -> chain.filter(exchange)));
    }
}
