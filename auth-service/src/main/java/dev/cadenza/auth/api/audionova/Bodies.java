package dev.cadenza.auth.api.audionova;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.web.drf.DrfBodies;
import dev.cadenza.platform.web.drf.DrfFields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Bodies as this dialect's clients send them: JSON or a form, whichever they like. */
@Component("audionovaBodies")
class Bodies {

    private final DrfBodies bodies;

    Bodies(DrfBodies bodies) {
        this.bodies = bodies;
    }

    /** The fields; none where there is no body. */
    Mono<Map<String, @Nullable Object>> of(ServerWebExchange exchange) {
        return bodies.of(exchange).map(DrfFields::values);
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
