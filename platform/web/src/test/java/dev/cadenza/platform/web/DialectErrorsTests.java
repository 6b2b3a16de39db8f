package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExampleApplicationTest
class DialectErrorsTests {

    @Autowired
    WebTestClient client;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/nothing/open/x | {'success':false,'error':{'code':'ROUTE_NOT_FOUND','message':'Not found.','details':[]}}",
                "/api/nothing/open/x    | {'detail':'Not found.'}",
                "/api/vocal/open/x      | {'detail':'Not found.'}",
                "/api/denoise/open/x    | {'detail':'Not found.'}",
                "/musewave/nothing/open/x | {'message':'Not found.'}",
                "/nowhere/open/x        | {'success':false,'error':{'code':'ROUTE_NOT_FOUND','message':'Not found.','details':[]}}"
            })
    void anUnknownRouteAnswersInTheDialectOfItsPath(String path, String body) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .json(body.replace('\'', '"'), JsonCompareMode.STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/things | 404 | {'success':false,'error':{'code':'THING_NOT_FOUND','message':'There is no such thing.','details':[]}}",
                "/api/things    | 404 | {'detail':'There is no such thing.'}",
                "/api/vocal/things | 404 | {'error':'There is no such thing.'}",
                "/api/denoise/things | 404 | {'status':'error','message':'There is no such thing.'}",
                "/musewave/things | 404 | {'message':'There is no such thing.'}"
            })
    void aMissingRowAnswersInTheDialectOfItsPath(String path, int status, String body) {
        client.get()
                .uri(path + "/open/missing")
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .json(body.replace('\'', '"'), JsonCompareMode.STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/things | 422 | {'success':false,'error':{'code':'VALIDATION_ERROR','message':'Tempo is out of range.','details':[{'field':'tempo','message':'Tempo is out of range.'},{'field':'title','message':'Title is required.'}]}}",
                "/api/things    | 400 | {'tempo':['Tempo is out of range.'],'title':['Title is required.']}",
                "/api/vocal/things | 400 | {'error':'Tempo is out of range.'}",
                "/api/denoise/things | 400 | {'status':'error','message':'Tempo is out of range.'}",
                "/musewave/things | 400 | {'error':'Tempo is out of range.','details':{'tempo':['Tempo is out of range.'],'title':['Title is required.']}}"
            })
    void wrongFieldsAnswerInTheDialectOfTheirPath(String path, int status, String body) {
        client.get()
                .uri(path + "/open/invalid")
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .json(body.replace('\'', '"'), JsonCompareMode.STRICT);
    }

    @Test
    void musicgenCarriesTheParameterTheTimeAndTheRequestId() {
        client.get()
                .uri("/v1/ai/things/open/invalid")
                .header("X-Request-Id", "my-request-1")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .valueEquals("X-Request-Id", "my-request-1")
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.code")
                .isEqualTo("VALIDATION_ERROR")
                .jsonPath("$.error.details.parameter")
                .isEqualTo("tempo")
                .jsonPath("$.error.details.value")
                .isEqualTo(900)
                .jsonPath("$.error.details.constraint")
                .isEqualTo("40-240")
                .jsonPath("$.timestamp")
                .value(String.class, time -> assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT.*Z"))
                .jsonPath("$.request_id")
                .isEqualTo("my-request-1");
    }

    static Stream<String> roots() {
        return Stream.of(
                "/api/v1/things",
                "/v1/ai/things",
                "/api/things",
                "/api/vocal/things",
                "/api/denoise/things",
                "/musewave/things");
    }

    @ParameterizedTest
    @MethodSource("roots")
    void whatCannotBeReadIsTheCallersFault(String root) {
        for (String body : new String[] {"{not json", "", "[1,2]", "\"text\"", "{\"a\":{}}", "\u0000"}) {
            client.post()
                    .uri(root + "/open/body")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
        client.post()
                .uri(root + "/open/body")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        client.get().uri(root + "/open/number/seven").exchange().expectStatus().isBadRequest();
        client.get()
                .uri(root + "/open/number/99999999999999999999")
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.delete()
                .uri(root + "/open/number/7")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET");
    }

    @ParameterizedTest
    @MethodSource("roots")
    void aBodyLargerThanAllowedIsRefused(String root) {
        client.post()
                .uri(root + "/open/body")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"a\":\"" + "x".repeat(2_000_000) + "\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @ParameterizedTest
    @MethodSource("roots")
    void anAccidentTellsNothingButTheRequestId(String root) {
        client.get()
                .uri(root + "/open/broken")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .exists("X-Request-Id")
                .expectBody(String.class)
                .value(body -> assertThat(body).doesNotContain("secret").doesNotContain("Exception"));
        client.get()
                .uri(root + "/open/away")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "7");
    }

    @ParameterizedTest
    @MethodSource("roots")
    void aTokenThatDoesNotHoldIsRefusedInTheDialectOfThePath(String root) {
        UUID id = new UUID(0, 7);
        String[] tokens = {
            TestIssuer.expired(id, "ann"),
            TestIssuer.foreignAudience(id, "ann"),
            TestIssuer.unsigned(id, "ann"),
            TestIssuer.forged(id, "ann"),
            "rubbish",
            "a.b.c"
        };
        for (String token : tokens) {
            for (String path : new String[] {"/me", "/open/maybe"}) {
                client.get()
                        .uri(root + path)
                        .header("Authorization", "Bearer " + token)
                        .exchange()
                        .expectStatus()
                        .isUnauthorized()
                        .expectHeader()
                        .valueMatches("WWW-Authenticate", "Bearer.*")
                        .expectBody(String.class)
                        .value(body -> assertThat(body).contains("credentials"));
            }
        }
        client.get().uri(root + "/me").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void whereTokensAreGivenOutAnOldOneIsNotLookedAt() {
        for (String token : new String[] {TestIssuer.expired(new UUID(0, 7), "ann"), "rubbish"}) {
            client.get()
                    .uri("/api/v1/things/login")
                    .header("Authorization", "Bearer " + token)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .json("{\"anonymous\":true}");
        }
    }

    @ParameterizedTest
    @MethodSource("roots")
    void aValidTokenMakesTheCaller(String root) {
        UUID id = UUID.randomUUID();
        String token = TestIssuer.user(id, 42, "ann", "user", "admin");
        client.get()
                .uri(root + "/me")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"id\":\"" + id + "\",\"number\":42,\"admin\":true}", JsonCompareMode.STRICT);
        client.get()
                .uri(root + "/open/maybe")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectBody()
                .json("{\"username\":\"ann\"}");
        client.get().uri(root + "/open/maybe").exchange().expectBody().json("{\"username\":\"nobody\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "has space in it",
                "x\"y'<script>",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void aMalformedRequestIdIsReplaced(String sent) {
        client.get()
                .uri("/musewave/things/open/maybe")
                .header("X-Request-Id", sent)
                .exchange()
                .expectHeader()
                .valueMatches("X-Request-Id", "req_[0-9a-f]{16}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x", "1-1-1-1-1", "01890a5d-ac96-774b-bcce-b302099a8057 "})
    void whatIsNoIdIsUnreadable(String id) {
        String valid = "01890a5d-ac96-774b-bcce-b302099a8057";
        client.get()
                .uri("/api/v1/things/open/id/{id}", id)
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.get()
                .uri("/api/v1/things/open/id/{id}?other={other}", valid, id)
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.get()
                .uri("/api/v1/things/open/id/{id}?other=", valid)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'one':'a\\ud800'}",
                "{'one':'\\udc00\\ud800'}",
                "{'one':'a\\u0000b'}",
                "{'many':['a','\\ud83c']}"
            })
    void textThatNobodyCouldStoreOrShowIsUnreadable(String body) {
        client.post()
                .uri("/api/v1/things/open/texts")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body.replace('\'', '"'))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void everyOtherTextPassesUnchanged() {
        String body = "{'one':'\uD83C\uDFB5 \u05D0 \\t','many':['','\uD83C\uDFB5'],'how_many':7}".replace('\'', '"');
        client.post()
                .uri("/api/v1/things/open/texts")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json(body, JsonCompareMode.STRICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"file\"; filename*=utf-99''x",
                "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%zz",
                "Content-Disposition: ;;;\"",
                "Content-Disposition: form-data; name=\"file\"; filename=\"x\"\r\nContent-Type: ?",
                "Content-Type: text/plain; charset=none",
                "X: y"
            })
    void aFormWithOddHeadersIsUnreadable(String headers) {
        client.post()
                .uri("/upload-example")
                .contentType(MediaType.parseMediaType("multipart/form-data; boundary=b"))
                .bodyValue(("--b\r\n" + headers + "\r\n\r\nabc\r\n--b--\r\n").getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
