package dev.cadenza.platform.web.drf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class DrfBodiesTests {

    private static final String MULTIPART = "multipart/form-data; boundary=x";
    private static final String FILE =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\nabc\r\n--x--\r\n";

    private final DrfBodies bodies = new DrfBodies(ServerCodecConfigurer.create());

    @Test
    void jsonFormsAndFormsWithFilesAreAllTheSame() {
        for (DrfFields fields : List.of(
                read("application/json", "{\"title\": \" A b \", \"public\": false}"),
                read("application/json; charset=utf-8", "{\"title\": \"A b\", \"public\": \"False\"}"),
                read("application/x-www-form-urlencoded", "title=A+b&public=0"),
                read(MULTIPART, part("title", "A b") + part("public", "false") + "--x--\r\n"))) {
            assertThat(fields.requiredText("title", 10)).isEqualTo("A b");
            assertThat(fields.flag("public")).isFalse();
            assertThat(fields.text("genre", 10)).isNull();
            assertThat(fields.flag("other")).isNull();
            fields.refuseWrong();
        }
        assertThat(Objects.requireNonNull(read(MULTIPART, FILE).requiredFile("file"))
                        .filename())
                .isEqualTo("a.mp3");
        assertThat(read(null, "").has("title")).isFalse();
    }

    @Test
    void allThatIsWrongIsSaidInTheFrameworksWords() {
        DrfFields fields = read(
                "application/json",
                "{\"blank\":\" \",\"nothing\":null,\"list\":[1],\"flag\":\"maybe\",\"file\":\"text\",\"number\":12}");
        assertThat(fields.requiredText("number", 10)).isEqualTo("12");
        fields.requiredText("missing", 10);
        fields.requiredText("blank", 10);
        fields.text("nothing", 10);
        fields.text("list", 10);
        fields.text("flag", 3);
        fields.flag("flag");
        fields.flag("nothing");
        fields.flag("list");
        fields.requiredFile("file");
        fields.requiredFile("absent");
        assertThat(fields.textOrBlank("blank", 10)).isEmpty();
        assertThatThrownBy(fields::refuseWrong)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(Failure.byField(((Failure.Invalid) error.failure()).violations()))
                                .isEqualTo(Map.of(
                                        "missing", List.of("This field is required."),
                                        "blank", List.of("This field may not be blank."),
                                        "nothing",
                                                List.of("This field may not be null.", "This field may not be null."),
                                        "list", List.of("Not a valid string.", "Must be a valid boolean."),
                                        "flag",
                                                List.of(
                                                        "Ensure this field has no more than 3 characters.",
                                                        "Must be a valid boolean."),
                                        "file",
                                                List.of(
                                                        "The submitted data was not a file. Check the encoding type on the form."),
                                        "absent", List.of("No file was submitted."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":", "nonsense", "{\"a\" 1}"})
    void whatIsNoJsonIsAParseError(String body) {
        assertThatThrownBy(() -> read("application/json", body))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(error.failure().message()).startsWith("JSON parse error - "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1] | list", "\"text\" | str", "1 | int", "true | bool"})
    void jsonThatIsNoObjectIsRefused(String body, String kind) {
        assertThatThrownBy(() -> read("application/json", body))
                .hasMessageContaining("Invalid data. Expected a dictionary, but got " + kind + ".");
    }

    @Test
    void otherContentIsRefused() {
        assertThatThrownBy(() -> read("text/plain", "x"))
                .hasMessageContaining("Unsupported media type \"text/plain\" in request.");
        assertThatThrownBy(() -> read("multipart/form-data", "x"))
                .hasMessageContaining("Multipart form parse error - ");
    }

    private static String part(String name, String value) {
        return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private DrfFields read(@org.jspecify.annotations.Nullable String type, String body) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/");
        if (type != null) {
            request.contentType(MediaType.parseMediaType(type));
        }
        return bodies.of(MockServerWebExchange.from(body.isEmpty() ? request.build() : request.body(body)))
                .blockOptional()
                .orElseThrow();
    }
}
