package dev.cadenza.platform.web;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Forms whose parts have headers that cannot be read (no name, an unknown charset, no media type): Spring's parser throws
 * whatever comes out of its header classes, which would look as if the fault were ours.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ReadableForms implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(new Form(exchange));
    }

    private static final class Form extends ServerWebExchangeDecorator {

        Form(ServerWebExchange exchange) {
            super(exchange);
        }

        @Override
        public Mono<MultiValueMap<String, Part>> getMultipartData() {
            return super.getMultipartData().onErrorMap(Form::isUnreadable, Form::unreadable);
        }

        private static boolean isUnreadable(Throwable error) {
            return error instanceof IllegalArgumentException || error instanceof IllegalStateException;
        }

        private static Throwable unreadable(Throwable error) {
            return new ServerWebInputException("the form could not be read", null, error);
        }
    }
}
