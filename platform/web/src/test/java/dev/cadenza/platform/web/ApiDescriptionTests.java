package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExampleApplicationTest
class ApiDescriptionTests {

    @Autowired
    WebTestClient client;

    private JsonNode description() {
        String text = client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.builder().build().readTree(Objects.requireNonNull(text));
    }

    @Test
    void everyOperationIsTaggedByItsDialectAndHasAnIdOfItsOwn() {
        JsonNode paths = description().get("paths");
        assertThat(paths.at("/~1v1~1ai~1things~1me/get/tags").toString()).isEqualTo("[\"musicgen\"]");
        assertThat(paths.at("/~1api~1vocal~1things~1me/get/tags").toString()).isEqualTo("[\"processing\"]");
        List<String> ids = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                ids.add(operation.getValue().get("operationId").asString())));
        assertThat(ids)
                .doesNotHaveDuplicates()
                .contains("getApiV1ThingsOpenNumberByNumber", "postMusewaveThingsOpenBody");
    }

    @Test
    void whatIsNotForClientsIsNotShown() {
        JsonNode description = description();
        assertThat(description.get("paths").propertyNames())
                .isNotEmpty()
                .noneMatch(path -> path.startsWith("/internal") || path.startsWith("/actuator"));
        assertThat(description.at("/components/schemas").propertyNames()).noneMatch(name -> name.contains("Internal"));
        assertThat(description.get("openapi").asString()).startsWith("3.0");
        assertThat(description.at("/servers/0/url").asString()).isEqualTo("http://localhost:8080");
    }

    @Test
    void fieldsAreCalledAsInTheBodiesAndTypesAsNowhereElse() {
        JsonNode schemas = description().get("components").get("schemas");
        assertThat(schemas.at("/ExampleApplicationTexts/properties").propertyNames())
                .contains("how_many");
    }

    @Test
    void itIsSaidWhoMayCallWhat() {
        JsonNode description = description();
        assertThat(description.at("/components/securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("bearer", "apiKey", "session");
        assertThat(security(description, "/api/v1/things/me")).isEqualTo("[{\"bearer\":[]},{\"apiKey\":[]}]");
        assertThat(security(description, "/musewave/things/me"))
                .isEqualTo("[{\"bearer\":[]},{\"apiKey\":[]},{\"session\":[]}]");
        assertThat(security(description, "/api/v1/things/open/id/{id}"))
                .isEqualTo("[{},{\"bearer\":[]},{\"apiKey\":[]}]");
        assertThat(security(description, "/api/v1/things/login")).isEqualTo("[]");
    }

    private static String security(JsonNode description, String path) {
        return description.get("paths").get(path).get("get").get("security").toString();
    }
}
