package dev.cadenza.auth.api.processing;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/** What a page's form sends. */
final class Forms {

    private static final String CSRF_FIELD = "csrfmiddlewaretoken";
    private static final String CSRF_HEADER = "X-CSRFToken";

    private Forms() {}

    /** The fields; none where the body is no form. */
    static Mono<MultiValueMap<String, String>> of(ServerWebExchange exchange) {
        return exchange.getFormData()
                .onErrorMap(
                        IllegalArgumentException.class,
                        error -> new ServerWebInputException("the form could not be read", null, error));
    }

    /** The first value; empty where there is none. */
    static String text(MultiValueMap<String, String> form, String field) {
        String value = form.getFirst(field);
        if (value == null) {
            return "";
        }
        if (value.indexOf('\0') >= 0) {
            throw new ServerWebInputException("NUL in " + field);
        }
        return value;
    }

    /** Like Django: in the form, or in the header for scripts. */
    static @Nullable String csrfToken(ServerWebExchange exchange, MultiValueMap<String, String> form) {
        String field = form.getFirst(CSRF_FIELD);
        return field == null ? exchange.getRequest().getHeaders().getFirst(CSRF_HEADER) : field;
    }
}
