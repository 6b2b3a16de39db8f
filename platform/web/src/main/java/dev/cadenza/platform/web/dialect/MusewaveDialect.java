package dev.cadenza.platform.web.dialect;

import java.util.Map;

/** {@code {"message"}} for what is missing or not the caller's, {@code {"error"}} otherwise. */
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
        return Map.of(message ? "message" : "error", problem.message());
    }
}
