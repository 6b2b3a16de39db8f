package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;
import java.util.Map;

/** {@code {"message"}} for what is missing or not the caller's, {@code {"error"}} otherwise, with the wrong fields. */
final class MusewaveDialect implements Dialect {

    @Override
    public String name() {
        return "musewave";
    }

    @Override
    public boolean owns(String path) {
        return Dialects.under(path, "/musewave");
    }

    @Override
    public Object body(Problem problem, ErrorContext context) {
        boolean message = problem.status() == 404 || problem.status() == 403;
        if (!problem.violations().isEmpty()) {
            return Map.of("error", problem.message(), "details", Failure.byField(problem.violations()));
        }
        return Map.of(message ? "message" : "error", problem.message());
    }
}
