package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure.Violation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** As veza, but {@code details} is one object, and time and request id stand in the body. */
final class MusicgenDialect implements Dialect {

    @Override
    public String name() {
        return "musicgen";
    }

    @Override
    public boolean owns(String path) {
        return Dialects.under(path, "/v1");
    }

    @Override
    public Object body(Problem problem, ErrorContext context) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (!problem.violations().isEmpty()) {
            Violation first = problem.violations().getFirst();
            details.put("parameter", first.field());
            details.put("value", first.value());
            details.put("constraint", first.constraint() == null ? first.message() : first.constraint());
        }
        return new Body(
                false,
                new Error(Dialects.upperCase(problem), problem.message(), details),
                context.now(),
                context.requestId());
    }

    record Body(boolean success, Error error, Instant timestamp, String requestId) {}

    record Error(String code, String message, Map<String, Object> details) {}
}
