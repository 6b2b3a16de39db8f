package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;
import java.util.Map;

/** Django REST Framework habits: a map of lists for fields, {@code {"detail"}} for the rest. */
final class AudionovaDialect implements Dialect {

    @Override
    public String name() {
        return "audionova";
    }

    @Override
    public boolean owns(String path) {
        return Dialects.under(path, "/api") || Dialects.under(path, "/media");
    }

    @Override
    public Object body(Problem problem, ErrorContext context) {
        return problem.violations().isEmpty()
                ? Map.of("detail", problem.message())
                : Failure.byField(problem.violations());
    }
}
