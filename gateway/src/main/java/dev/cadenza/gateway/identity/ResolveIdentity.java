package dev.cadenza.gateway.identity;

import dev.cadenza.gateway.route.Access;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.RequestIds;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out who an API key or a session cookie stands for. What is wrong with it is only noted here and answered by
 * {@link AdmitIdentity}, so that such requests are counted like all others.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
public final class ResolveIdentity implements WebFilter {

    static final String REFUSAL = ResolveIdentity.class.getName();

    private static final FailureException WRONG_KEY =
            new Failure.Unauthenticated("auth.invalid_key", "Authentication credentials were not valid.").asException();

    private final KnownIdentities identities;
    private final WrongCredentials wrong;
    private final ClientOrigins origins;

    /** Asks {@code identities}, unless {@code wrong} keeps the client from it. */
    public ResolveIdentity(KnownIdentities identities, WrongCredentials wrong, ClientOrigins origins) {
        this.identities = identities;
        this.wrong = wrong;
        this.origins = origins;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<Credential> credential = Row.of(exchange)
                .filter(row -> !(row.access() instanceof Access.Open))
                .flatMap(row -> Credential.of(exchange.getRequest(), row));
        return credential.isEmpty()
                ? chain.filter(exchange)
                : resolve(exchange, credential.get()).then(Mono.defer(() -> chain.filter(exchange)));
    }

    private Mono<Void> resolve(ServerWebExchange exchange, Credential credential) {
        if (credential instanceof Credential.ApiKey key && !key.isWellFormed()) {
            exchange.getAttributes().put(REFUSAL, WRONG_KEY);
            return Mono.empty();
        }
        boolean free = identities.has(credential);
        Mono<Optional<Identity>> answer = identities.of(credential, origins.of(exchange), RequestIds.of(exchange));
        return (free ? answer : wrong.admit(exchange).then(answer))
                .flatMap(found -> found.map(identity -> {
                            identity.in(exchange);
                            return Mono.<Void>empty();
                        })
                        .orElseGet(() -> {
                            if (credential instanceof Credential.ApiKey) {
                                exchange.getAttributes().put(REFUSAL, WRONG_KEY);
                            }
                            // an old cookie is no offence: whoever sends one is nobody
                            return free ? Mono.empty() : wrong.count(exchange);
                        }))
                .onErrorResume(FailureException.class, refusal -> {
                    exchange.getAttributes().put(REFUSAL, refusal);
                    return Mono.empty();
                });
    }
}
