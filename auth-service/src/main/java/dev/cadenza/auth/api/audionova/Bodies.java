package dev.cadenza.auth.api.audionova;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Bodies as this dialect's clients send them: JSON or a form, whichever they like. */
@Component("audionovaBodies")
class Bodies {

    private static final ParameterizedTypeReference<Map<String, @Nullable Object>> OBJECT =
            new ParameterizedTypeReference<>() {};

    private final ServerCodecConfigurer codecs;

    Bodies(ServerCodecConfigurer codecs) {
        this.codecs = codecs;
    }

    /** The fields; none where there is no body. */
    Mono<Map<String, @Nullable Object>> of(ServerWebExchange exchange) {
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
            return exchange.getFormData().map(MultiValueMap::asSingleValueMap).map(HashMap::new);
        }
        if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
            return exchange.getMultipartData().map(parts -> {
                Map<String, @Nullable Object> fields = new HashMap<>();
                parts.forEach((name, values) -> {
                    if (values.getFirst() instanceof FormFieldPart field) {
                        fields.put(name, field.value());
                    }
                });
                return fields;
            });
        }
        return ServerRequest.create(exchange, codecs.getReaders())
                .bodyToMono(OBJECT)
                .switchIfEmpty(Mono.fromSupplier(HashMap::new));
    }

    /** A field's text; null where it is absent. */
    static @Nullable String text(Map<String, @Nullable Object> body, String field, List<Violation> violations) {
        Object value = body.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            violations.add(Violation.of(field, "Not a valid string."));
            return null;
        }
        if (text.indexOf(0) >= 0) {
            // only a form can carry one
            violations.add(Violation.of(field, "Null characters are not allowed."));
            return null;
        }
        return text;
    }

    /** The same for a field that must be there; the violation is noted where it is not. */
    static String required(Map<String, @Nullable Object> body, String field, List<Violation> violations) {
        int before = violations.size();
        String value = text(body, field, violations);
        if (value != null && !value.isBlank()) {
            return value;
        }
        if (violations.size() == before) {
            violations.add(
                    Violation.of(field, value == null ? "This field is required." : "This field may not be blank."));
        }
        return "";
    }

    static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }
}
