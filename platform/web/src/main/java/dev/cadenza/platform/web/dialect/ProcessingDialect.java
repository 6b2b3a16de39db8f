package dev.cadenza.platform.web.dialect;

import java.util.List;
import java.util.Map;

/** {@code {"detail"}} for routes and identity; each of the four services has a form of its own for the rest. */
final class ProcessingDialect implements Dialect {

    private static final List<String> PREFIXES = List.of(
            "/api/denoise",
            "/api/vocal",
            "/api/boost",
            "/api/speaker",
            "/ws/processing",
            "/login",
            "/logout",
            "/media/uploads/denoise",
            "/media/uploads/vocal_separation",
            "/media/uploads/audio_boost",
            "/media/uploads/speaker_extraction");
    private static final List<String> BARE_ERROR = List.of("/api/vocal", "/api/boost");

    @Override
    public String name() {
        return "processing";
    }

    @Override
    public boolean owns(String path) {
        return PREFIXES.stream().anyMatch(prefix -> Dialects.under(path, prefix));
    }

    @Override
    public Object body(Problem problem, ErrorContext context) {
        boolean framework = problem.origin() == Problem.Origin.ROUTING || problem.origin() == Problem.Origin.SECURITY;
        if (framework || !Dialects.under(context.path(), "/api")) {
            return Map.of("detail", problem.message());
        }
        return BARE_ERROR.stream().anyMatch(prefix -> Dialects.under(context.path(), prefix))
                ? Map.of("error", problem.message())
                : new Status("error", problem.message());
    }

    record Status(String status, String message) {}
}
