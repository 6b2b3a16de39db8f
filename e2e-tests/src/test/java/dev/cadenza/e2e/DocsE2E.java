package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API as it describes itself, of all services that run. */
class DocsE2E {

    private final Platform platform = Platform.get();

    private OpenAPI description() {
        Api.Answer answer = new Api(platform.gateway(), null).get("/swagger/doc.json");
        assertThat(answer.status()).isEqualTo(200);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(answer.text(), null, null);
        assertThat(result.getMessages()).isEmpty();
        return result.getOpenAPI();
    }

    @Test
    void theWholeApiIsOneValidDescriptionWithAPartOfEveryService() {
        List<String> oneOfEach = List.of(
                "/api/v1/auth/login",
                "/api/v1/tracks/{id}",
                "/api/v1/playlists/{id}",
                "/api/v1/tracks/{id}/like",
                "/v1/ai/generate",
                "/api/vocal/separate/",
                "/api/v1/tracks/{id}/stats");
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(description().getPaths().keySet().stream()
                                .map(path -> path.replaceAll("\\{[^}]*}", "{id}"))
                                .toList())
                        .containsAll(oneOfEach));
        assertThat(description().getPaths().keySet())
                .noneMatch(path -> path.startsWith("/internal") || path.startsWith("/actuator"));
        assertThat(description().getServers())
                .extracting(server -> server.getUrl())
                .containsExactly(platform.gateway());
    }

    @Test
    void thePagesAreThere() {
        Api api = new Api(platform.gateway(), null);
        for (String path : List.of("/swagger/index.html", "/redoc")) {
            assertThat(api.get(path).text()).contains("<title>Cadenza API</title>");
        }
    }
}
