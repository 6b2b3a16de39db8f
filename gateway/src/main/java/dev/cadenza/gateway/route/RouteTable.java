package dev.cadenza.gateway.route;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The route table: the first row that matches decides. What no row names is not reachable, so a dialect that no service
 * serves yet answers 404 in its own form.
 */
public final class RouteTable {

    /** Rows in the order in which they are tried; parts of a track that other services own stand before the rest. */
    public static final List<Row> ROWS = List.of(
            // veza
            row("social", "/api/v1/tracks/{id}/like", "/api/v1/tracks/{id}/likes"),
            row("social", "/api/v1/tracks/{id}/comments/**", "/api/v1/comments/**", "/api/v1/webhooks/**"),
            row("analytics", "/api/v1/tracks/{id}/play", "/api/v1/tracks/{id}/stats", "/api/v1/analytics/**"),
            row("catalog", "/api/v1/tracks/**", "/api/v1/search"),
            row("playlist", "/api/v1/playlists/**"),
            row("auth", "/api/v1/auth/**", "/api/v1/users/**"),
            // musicgen
            row("generation", "/v1/ai/**"),
            // processing
            row("processing", "/api/vocal/**", "/media/uploads/**"));

    private RouteTable() {}

    /** Name of the service that serves this path; empty for none. */
    public static Optional<String> serviceOf(PathContainer path) {
        return ROWS.stream().filter(row -> row.matches(path)).map(Row::service).findFirst();
    }

    private static Row row(String service, String... patterns) {
        return new Row(
                service,
                Arrays.stream(patterns)
                        .map(PathPatternParser.defaultInstance::parse)
                        .toList());
    }

    /**
     * Paths of one service.
     *
     * @param service key in {@code cadenza.services}
     */
    public record Row(String service, List<PathPattern> patterns) {

        /** Whether one of the patterns matches. */
        public boolean matches(PathContainer path) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(path));
        }
    }
}
