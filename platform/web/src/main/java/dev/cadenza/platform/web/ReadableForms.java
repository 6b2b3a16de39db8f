package dev.cadenza.platform.web;

import java.nio.file.Path;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Requests with a form: it is read by {@link FormReader}, and its files are gone when the request is. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ReadableForms implements WebFilter {

    private final FormReader reader;
    private final Path folder;

    ReadableForms(FormReader reader, Path folder) {
        this.reader = reader;
        this.folder = folder;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return !isForm(request)
                ? chain.filter(exchange)
                : Mono.usingWhen(
                        Mono.fromSupplier(() -> new FormFiles(folder)),
                        files -> chain.filter(new Form(exchange, reader.read(request, files))),
                        FormFiles::end);
    }

    private static boolean isForm(ServerHttpRequest request) {
        try {
            MediaType type = request.getHeaders().getContentType();
            return type != null && "multipart".equalsIgnoreCase(type.getType());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static final class Form extends ServerWebExchangeDecorator {

        private final Mono<MultiValueMap<String, Part>> parts;

        Form(ServerWebExchange exchange, Mono<MultiValueMap<String, Part>> parts) {
            super(exchange);
            this.parts = parts;
        }

        @Override
        public Mono<MultiValueMap<String, Part>> getMultipartData() {
            return parts;
        }
    }
}
