package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;
import java.util.List;
import java.util.Map;

/** {@code {"success":false,"error":{"code","message","details":[{"field","message"}]}}}. */
final class VezaDialect implements Dialect {

    @Override
    public String name() {
        return "veza";
    }

    @Override
    public boolean owns(String path) {
        return Dialects.under(path, "/api/v1");
    }

    @Override
    public int statusOfInvalid(Failure.Invalid failure) {
        return 422;
    }

    @Override
    public Object body(Problem problem, ErrorContext context) {
        List<Map<String, String>> details = problem.violations().stream()
                .map(violation -> Map.of("field", violation.field(), "message", violation.message()))
                .toList();
        return new Body(false, new Error(Dialects.upperCase(problem), problem.message(), details));
    }

    record Body(boolean success, Error error) {}

    record Error(String code, String message, List<Map<String, String>> details) {}
}
