package dev.cadenza.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.gateway.route.RouteTable;
import dev.cadenza.gateway.route.Routes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JoinedDescriptionTests {

    private final JoinedDocument document =
            new JoinedDocument(new Routes(RouteTable.ROWS), "1.2.3", "https://music.example");

    private JsonNode joined(String... services) {
        for (String service : services) {
            assertThat(document.take(service, description(service))).isTrue();
        }
        return JsonMapper.shared().readTree(document.current().plain());
    }

    private static byte[] description(String service) {
        try {
            return new ClassPathResource("descriptions/" + service + ".json").getContentAsByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isAValidOpenApiDocumentHoweverManyServicesAnswered() {
        assertValid(joined());
        assertValid(joined("catalog"));
        OpenAPI api = assertValid(joined("social", "auth"));
        List<String> ids = new ArrayList<>();
        api.getPaths()
                .values()
                .forEach(item -> item.readOperations().stream()
                        .map(Operation::getOperationId)
                        .forEach(ids::add));
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        "getApiV1TracksById",
                        "deleteApiV1TracksById",
                        "postApiV1TracksByTrackIdLike",
                        "getApiSongsByNumber_",
                        "postMusewaveTracksByTrackIdLike",
                        "postApiV1AuthLogin",
                        "getApiV1Sessions");
    }

    private static OpenAPI assertValid(JsonNode joined) {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(joined.toString(), null, null);
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.0.3");
        return result.getOpenAPI();
    }

    @Test
    void saysWhatBuildItIsAndWhereItIsServed() {
        JsonNode joined = joined();
        assertThat(joined.at("/info/version").asString()).isEqualTo("1.2.3");
        assertThat(joined.at("/servers").toString()).isEqualTo("[{\"url\":\"https://music.example\"}]");
        assertThat(joined.at("/components/securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("bearer", "apiKey", "session");
    }

    @Test
    void showsOnlyWhatIsRoutedToTheServiceThatDescribesIt() {
        assertThat(joined("catalog", "social", "auth").get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/tracks/{id}",
                        "/api/v1/tracks/{trackId}/like",
                        "/api/songs/{number}/",
                        "/musewave/tracks/{track_id}/like/",
                        "/api/v1/auth/login",
                        "/api/v1/sessions");
    }

    @Test
    void keepsSchemasOfTheSameNameApartAndLeavesOutWhatNobodyUses() {
        JsonNode joined = joined("catalog", "social");
        JsonNode schemas = joined.at("/components/schemas");
        assertThat(schemas.propertyNames())
                .containsExactlyInAnyOrder("catalog.Track", "catalog.Item", "catalog.Sung", "social.Item");
        assertThat(schemas.at("/catalog.Track/properties/owner/$ref").asString())
                .isEqualTo("#/components/schemas/catalog.Item");
        assertThat(schemas.at("/catalog.Item/discriminator/mapping/sung").asString())
                .isEqualTo("#/components/schemas/catalog.Sung");
        assertThat(joined.toString()).doesNotContain("Secret");
    }

    @Test
    void saysWhoIsLetThrough() {
        JsonNode joined = joined("catalog", "social", "auth");
        assertThat(operation(joined, "/api/v1/tracks/{id}", "get")
                        .get("security")
                        .toString())
                .isEqualTo("[{},{\"bearer\":[]},{\"apiKey\":[]}]");
        assertThat(operation(joined, "/api/v1/tracks/{id}", "get")
                        .get("x-scope")
                        .asString())
                .isEqualTo("tracks:read");
        assertThat(operation(joined, "/api/v1/tracks/{id}", "delete")
                        .get("x-scope")
                        .asString())
                .isEqualTo("tracks:write");
        assertThat(operation(joined, "/musewave/tracks/{track_id}/like/", "post")
                        .get("security")
                        .toString())
                .isEqualTo("[{\"bearer\":[]},{\"apiKey\":[]},{\"session\":[]}]");
        // a person's own matters: keys are refused
        assertThat(operation(joined, "/api/v1/sessions", "get").get("security").toString())
                .isEqualTo("[{\"bearer\":[]}]");
        assertThat(operation(joined, "/api/v1/auth/login", "post")
                        .get("security")
                        .toString())
                .isEqualTo("[]");
    }

    private static JsonNode operation(JsonNode joined, String path, String method) {
        return joined.get("paths").get(path).get(method);
    }

    @Test
    void tagsByDialect() {
        JsonNode joined = joined("catalog", "social");
        assertThat(joined.get("tags").findValuesAsString("name")).containsExactly("veza", "audionova", "musewave");
        assertThat(operation(joined, "/api/songs/{number}/", "get").get("tags").toString())
                .isEqualTo("[\"audionova\"]");
    }

    @Test
    void pathsThatDifferInTheNamesOfTheirPlaceholdersOnlyAreOnePath() {
        document.take("catalog", """
                {"openapi":"3.0.1","paths":{
                "/api/v1/tracks/{id}":{"get":{"operationId":"a",
                "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
                "responses":{"200":{"description":"OK"}}}},
                "/api/v1/tracks/{trackId}":{"delete":{"operationId":"b",
                "parameters":[{"name":"trackId","in":"path","required":true,"schema":{"type":"string"}}],
                "responses":{"204":{"description":"No Content"}}}}}}""".getBytes(StandardCharsets.UTF_8));
        JsonNode joined = joined();
        assertValid(joined);
        assertThat(joined.get("paths").propertyNames()).containsExactly("/api/v1/tracks/{id}");
        assertThat(operation(joined, "/api/v1/tracks/{id}", "delete")
                        .at("/parameters/0/name")
                        .asString())
                .isEqualTo("id");
    }

    @Test
    void isTheSameForTheSamePartsInWhateverOrderTheyCame() {
        joined("catalog", "social", "auth");
        String first = document.current().etag();
        joined("social");
        assertThat(document.current().etag()).isEqualTo(first);
        JoinedDocument other = new JoinedDocument(new Routes(RouteTable.ROWS), "1.2.3", "https://music.example");
        for (String service : List.of("auth", "social", "catalog")) {
            other.take(service, description(service));
        }
        assertThat(other.current().etag()).isEqualTo(first);
    }

    @Test
    void keepsWhatItHasWhereAServiceAnswersNonsense() {
        String before = joined("catalog").toString();
        for (String nonsense : List.of(
                "",
                "not json",
                "[]",
                "{}",
                "{\"openapi\":\"3.1.0\",\"paths\":{}}",
                "{\"openapi\":\"3.0.1\",\"paths\":[]}",
                "{\"openapi\":\"3.0.1\",\"paths\":{\"no slash\":{\"get\":{}},\"/api/v1/tracks\":7}}")) {
            document.take("catalog", nonsense.getBytes(StandardCharsets.UTF_8));
            document.take("social", nonsense.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(joined("catalog")).hasToString(before);
    }
}
