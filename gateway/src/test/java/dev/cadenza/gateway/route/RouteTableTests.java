package dev.cadenza.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.identity.Area;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;

class RouteTableTests {

    private final Routes routes = new Routes(RouteTable.ROWS);

    @Test
    void everyPublishedEndpointFindsExactlyItsRow() throws IOException {
        List<String> endpoints = endpoints();
        assertThat(endpoints).hasSize(183).doesNotHaveDuplicates();
        for (String endpoint : endpoints) {
            String method = endpoint.substring(0, endpoint.indexOf(' '));
            String pattern = endpoint.substring(endpoint.indexOf(' ') + 1);
            Row row = found(method, example(pattern));
            assertThat(anonymous(row.pattern())).as(endpoint).isEqualTo(anonymous(pattern));
            assertThat(row.methods()).contains(HttpMethod.valueOf(method), HttpMethod.OPTIONS);
        }
    }

    @Test
    void djangosDialectsKnowBothFormsOfASlash() throws IOException {
        for (String endpoint : endpoints()) {
            String method = endpoint.substring(0, endpoint.indexOf(' '));
            String path = example(endpoint.substring(endpoint.indexOf(' ') + 1));
            String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
            boolean exact = path.startsWith("/api/v1/") || path.startsWith("/v1/");
            if (exact) {
                assertThat(find(method, other)).as(other).isInstanceOf(Routes.Match.Unknown.class);
            } else {
                assertThat(found(method, other)).as(other).isSameAs(found(method, path));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/tracks/search/like,       /api/v1/tracks/{id}/like",
        "GET,    /api/v1/playlists/search,         /api/v1/playlists/search",
        "DELETE, /api/v1/playlists/search,         /api/v1/playlists/{id}",
        "GET,    /api/v1/playlists/%73earch,       /api/v1/playlists/search",
        "HEAD,   /api/v1/tracks/7/download,        /api/v1/tracks/{id}/download",
        "GET,    /media/avatars/x.png,             /media/avatars/**",
        "GET,    /media/covers/x.png,              /media/covers/**",
        "GET,    /api/v1/playlists/shared/x,       /api/v1/playlists/shared/{token}",
        "GET,    /media/uploads/original/a.mp3,    /media/uploads/**",
        "GET,    /media/songs/a.mp3,               /media/**",
        "GET,    /api/v1/api-keys,                 /api/v1/api-keys/**",
        "POST,   /api/v1/api-keys/key_1/rotate,    /api/v1/api-keys/**",
        "POST,   /api/v1/admin/users/7/lock,       /api/v1/admin/users/**",
        "POST,   /api/v1/auth/2fa/enable,          /api/v1/auth/2fa/**",
        "POST,   /api/v1/auth/change-password,     /api/v1/auth/change-password",
        "PUT,    /api/v1/users/7/avatar,           /api/v1/users/{id}/avatar",
        "GET,    /ws/processing/,                  /ws/processing/",
        "GET,    /ws/processing,                   /ws/processing/",
        "POST,   /login/,                          /login/",
        "POST,   /logout/,                         /logout/",
        "GET,    /,                                /",
        "GET,    /musewave/users/username/create/, /musewave/users/username/{username}/"
    })
    void theMostExactPatternWins(String method, String path, String pattern) {
        assertThat(found(method, path).pattern()).isEqualTo(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/jwks.json",
                "/internal/exchange",
                "/%69nternal/exchange",
                "/actuator/health",
                "/actuator/env",
                "/v3/api-docs",
                "/v3/api-docs/veza",
                "/api/v1",
                "/api/v1/",
                "/api/v1/nothing",
                "/api/v1/auth/internal",
                "/api/nothing/",
                "/v1/ai",
                "/musewave/",
                "/ws/",
                "/nothing"
            })
    void whatNoRowNamesIsNowhere(String path) {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            assertThat(find(method, path)).isInstanceOf(Routes.Match.Unknown.class);
        }
    }

    @Test
    void aWrongMethodHearsTheRightOnes() {
        assertThat(find("PATCH", "/api/v1/tracks/7"))
                .isEqualTo(new Routes.Match.WrongMethod(
                        found("GET", "/api/v1/tracks/7").methods()));
        assertThat(find("PATCH", "/api/v1/users/7"))
                .isInstanceOfSatisfying(
                        Routes.Match.WrongMethod.class,
                        wrong -> assertThat(wrong.allowed())
                                .containsExactlyInAnyOrder(
                                        HttpMethod.GET,
                                        HttpMethod.HEAD,
                                        HttpMethod.PUT,
                                        HttpMethod.DELETE,
                                        HttpMethod.OPTIONS));
    }

    @Test
    void nothingOfTheAccountItselfIsDoneWithAnApiKey() {
        for (String path : new String[] {
            "/api/v1/api-keys",
            "/api/v1/sessions/7",
            "/api/v1/auth/2fa/enable",
            "/api/v1/auth/change-password",
            "/api/v1/users/7",
            "/api/v1/auth/logout"
        }) {
            HttpMethod method =
                    path.contains("sessions") || path.contains("users") ? HttpMethod.DELETE : HttpMethod.POST;
            assertThat(found(method.name(), path).access()).as(path).isEqualTo(new Access.AccountOnly());
        }
        assertThat(found("PUT", "/api/v1/users/7").access()).isEqualTo(new Access.Scoped(Area.PROFILE));
    }

    private Routes.Match find(String method, String path) {
        return routes.find(
                HttpMethod.valueOf(method),
                RequestPath.parse(URI.create(path), "").pathWithinApplication());
    }

    private Row found(String method, String path) {
        Routes.Match match = find(method, path);
        assertThat(match).as(method + " " + path).isInstanceOf(Routes.Match.Found.class);
        return ((Routes.Match.Found) match).row();
    }

    private static String example(String pattern) {
        return pattern.replaceAll("\\{[^}]+}", "0190b2c4-7");
    }

    private static String anonymous(String pattern) {
        return pattern.replaceAll("\\{[^}]+}", "{}");
    }

    private static List<String> endpoints() throws IOException {
        String text = new ClassPathResource("endpoints.txt").getContentAsString(StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
