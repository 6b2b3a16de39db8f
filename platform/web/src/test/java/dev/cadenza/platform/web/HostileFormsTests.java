package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Forms that no browser sends. */
class HostileFormsTests extends RawForms {

    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"";
    private static final String END = "\r\n--edge--\r\n";

    /** Nobody can say what they mean. */
    static final List<String> UNREADABLE = List.of(
            "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%zz",
            "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%",
            "Content-Disposition: form-data; name=\"file\"; filename*=nonsense''a.wav",
            "Content-Disposition: form-data; filename=\"a.wav\"",
            "Content-Disposition: ;;;\"",
            "Content-Disposition:",
            "Content-Type: audio/wav",
            "Content-Type: text/plain",
            "no colon",
            "X: y",
            ": ",
            "",
            FILE + "\r\nContent-Type: ?",
            FILE + "\r\nContent-Type: a/b/c; d",
            FILE + "\r\nContent-Type: text/plain; charset=none",
            FILE + "\r\nContent-Type: text/plain; charset=\"",
            FILE + "\r\nContent-Type: \0/\0");

    /** Odd, but it can be told what they mean; or only the file is missing. */
    static final List<String> ODD = List.of(
            FILE + "\r\nno colon",
            FILE + "\r\n: ",
            FILE + "\r\n\0: \0",
            FILE + "\r\nContent-Disposition: form-data; name=\"other\"; filename=\"b.wav\"",
            FILE + "\r\nContent-Type: text/plain\r\nContent-Type: ?",
            FILE + "\r\nContent-Length: -1\r\nContent-Transfer-Encoding: base64",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a\0b\"",
            "Content-Disposition: form-data; name=\"fi\0le\"; filename=\"a\"",
            // a surrogate, an overlong slash, half a character
            "Content-Disposition: form-data; name=\"file\"; filename=\"\u00ed\u00a0\u0080\u00c0\u00af\u00c3\"",
            "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%ed%a0%80%c0%af%c3%00",
            "Content-Disposition: form-data; name=\"file\"; filename*=a",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav",
            "Content-Disposition: form-data; name=\"file\"; filename*=",
            "Content-Disposition: form-data; name=\"file\"; filename=\"=?nonsense?B?!!!?=\"",
            "Content-Disposition: form-data; name=\"file\"; filename=\"=?UTF-8?Q?=?=\"",
            "Content-Disposition: form-data; name=\"file\"; name=\"file\"; filename=\"a\"; filename=\"b\"",
            "Content-Disposition: attachment; name=\"file\"; filename=\"a\"",
            "Content-Disposition: form-data; name=\"file\"; filename=\"\"",
            "Content-Disposition: form-data; name=\"file\"\r\nContent-Type: audio/wav");

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void unreadableHeadersAreSaidToBeThat(String headers) throws IOException {
        for (int size : new int[] {100, 300_000}) {
            for (String things : DIALECTS) {
                String answer = post(things, form(headers, size, END));
                assertThat(status(answer))
                        .as("%s, %s: %s", headers, size, answer)
                        .isIn(refusals(size));
                assertIsOf(things, answer);
            }
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @FieldSource("ODD")
    void oddHeadersDoNoHarm(String headers) throws IOException {
        for (int size : new int[] {100, 300_000}) {
            for (String things : DIALECTS) {
                String answer = post(things, form(headers, size, END));
                assertThat(status(answer))
                        .as("%s, %s: %s", headers, size, answer)
                        .isIn(200, 400, 422);
                if (status(answer) != 200) {
                    assertIsOf(things, answer);
                } else {
                    assertThat(answer).contains("\"size\":" + size);
                }
            }
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300_000})
    void formsThatBreakOffAreUnreadable(int size) throws IOException {
        List<byte[]> forms = new ArrayList<>();
        for (String end : List.of(
                "",
                "\r\n",
                "\r\n--edg",
                "\r\n--edge",
                "\r\n--edge-",
                "\r\n--edge\r\nContent-Dis",
                "\r\n--other--\r\n",
                "\r\n--edge\r\n" + FILE + "\r\n\r\n")) {
            forms.add(form(FILE, size, end));
        }
        forms.add(bytes("--edge"));
        forms.add(bytes("--edge\r\n" + FILE));
        forms.add(new byte[size]);
        forms.add(new byte[0]);
        for (String things : DIALECTS) {
            for (byte[] form : forms) {
                String answer = post(things, form);
                assertThat(status(answer)).as(answer).isIn(400, 422);
                assertIsOf(things, answer);
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void headersAndPartsHaveTheirLimits() throws IOException {
        for (String things : DIALECTS) {
            for (int size : new int[] {100, 300_000}) {
                String long1 = post(things, form(FILE + "\r\nX: " + "x".repeat(9_000), size, END));
                assertThat(status(long1)).isEqualTo(413);
                assertIsOf(things, long1);
                String many = post(things, form(FILE, size, ("\r\n--edge\r\n" + FILE + "\r\n\r\nx").repeat(40) + END));
                assertThat(status(many)).isEqualTo(400);
                assertIsOf(things, many);
            }
            String text = post(things, form("Content-Disposition: form-data; name=\"text\"", 300_000, END));
            assertThat(status(text)).isEqualTo(413);
            assertIsOf(things, text);
        }
        assertNothingIsLeft();
    }

    @Test
    void anUnreadableFileBesideAReadableOneLeavesNeither() throws IOException {
        for (String things : DIALECTS) {
            String answer = post(
                    things,
                    form(
                            FILE,
                            300_000,
                            "\r\n--edge\r\nContent-Disposition: form-data; name=\"b\"; filename*=UTF-8''%zz\r\n\r\n"
                                    + "x".repeat(300_000) + END));
            assertThat(status(answer)).isEqualTo(400);
            assertIsOf(things, answer);
        }
        assertNothingIsLeft();
    }

    /** What says nothing of a file is text, which has a limit. */
    private static Object[] refusals(int size) {
        return size == 100 ? new Object[] {400, 422} : new Object[] {400, 413, 422};
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** JSON with what the dialect calls an error. */
    private static void assertIsOf(String things, String answer) {
        var body = JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(body.propertyNames())
                .as(answer)
                .contains(
                        switch (things) {
                            case "/api/v1/things", "/v1/ai/things" -> "success";
                            case "/api/things" -> status(answer) == 422 || body.has("file") ? "file" : "detail";
                            case "/api/denoise/things" -> "message";
                            default -> "error";
                        });
    }
}
