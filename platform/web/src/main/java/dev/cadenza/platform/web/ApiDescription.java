package dev.cadenza.platform.web;

import dev.cadenza.platform.web.dialect.Dialects;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What all services say alike in their OpenAPI description: the dialect of each operation as its tag, and who may call
 * it. What is not for clients is left out by {@code springdoc.paths-to-exclude}.
 */
final class ApiDescription implements OpenApiCustomizer {

    private static final String BEARER = "bearer";
    private static final String API_KEY = "apiKey";
    private static final String SESSION = "session";

    /** Dialects whose operations a browser's session may call. */
    private static final Set<String> OF_BROWSERS = Set.of("processing", "musewave");

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/]*}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    private final String service;
    private final String publicBaseUrl;
    private final List<OpenRoutes> open;
    private final List<TokenlessRoutes> tokenless;

    ApiDescription(String service, String publicBaseUrl, List<OpenRoutes> open, List<TokenlessRoutes> tokenless) {
        this.service = service;
        this.publicBaseUrl = publicBaseUrl;
        this.open = List.copyOf(open);
        this.tokenless = List.copyOf(tokenless);
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(new Info().title("Cadenza " + service).version("1"));
        api.setServers(List.of(new Server().url(publicBaseUrl)));
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        api.getComponents()
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An access token of any login, or an API key."))
                .addSecuritySchemes(
                        API_KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key")
                                .description("An API key of a partner."))
                .addSecuritySchemes(
                        SESSION,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("sessionid")
                                .description("A browser's session."));
        if (api.getPaths() != null) {
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
        }
    }

    private void describe(String path, PathItem.HttpMethod method, Operation operation) {
        String dialect = Dialects.of(path).name();
        operation.setTags(List.of(dialect));
        operation.setOperationId(id(path, method));
        operation.setSecurity(security(dialect, path, method));
    }

    /** Of the path, so that it is unique among all services: {@code getApiV1TracksById}. */
    private static String id(String path, PathItem.HttpMethod method) {
        StringBuilder id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith("{")) {
                id.append("By");
            }
            Matcher words = WORD.matcher(segment);
            while (words.find()) {
                id.append(words.group().substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(words.group().substring(1));
            }
        }
        return path.endsWith("/") ? id.append('_').toString() : id.toString();
    }

    /** Each entry is one way to call it; the empty one stands for nobody in particular. */
    private List<SecurityRequirement> security(String dialect, String path, PathItem.HttpMethod method) {
        PathContainer example = PathContainer.parsePath(VARIABLE.matcher(path).replaceAll("0"));
        if (tokenless.stream().anyMatch(routes -> matches(routes.patterns(), example))) {
            return List.of();
        }
        List<SecurityRequirement> ways = new ArrayList<>();
        if (open.stream().anyMatch(routes -> isFor(routes.method(), method) && matches(routes.patterns(), example))) {
            ways.add(new SecurityRequirement());
        }
        ways.add(new SecurityRequirement().addList(BEARER));
        ways.add(new SecurityRequirement().addList(API_KEY));
        if (OF_BROWSERS.contains(dialect) || path.startsWith("/media/")) {
            ways.add(new SecurityRequirement().addList(SESSION));
        }
        return ways;
    }

    private static boolean isFor(@Nullable HttpMethod open, PathItem.HttpMethod method) {
        return open == null
                || open.name().equals(method.name())
                || open.equals(HttpMethod.GET) && method == PathItem.HttpMethod.HEAD;
    }

    private static boolean matches(List<String> patterns, PathContainer path) {
        return patterns.stream()
                .anyMatch(pattern ->
                        PathPatternParser.defaultInstance.parse(pattern).matches(path));
    }
}
