package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.testing.TestS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Names of files that are meant to leave their folder, to end a header, or to look like something else. */
class HostileFileNamesTests extends RawUploads {

    /** In every name that wants to become a file somewhere else. */
    private static final String MARK = "evil" + UUID.randomUUID();

    private static final byte[] SOUND = TestAudio.wav(0.1);

    /** What is sent, as it stands behind the name of the field. */
    private static final Set<String> NAMES = names();

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String plain : new String[] {
            "../../../../tmp/" + MARK + ".wav",
            "..\\..\\..\\" + MARK + ".wav",
            "/etc/" + MARK,
            "C:\\Windows\\" + MARK + ".wav",
            "\\\\server\\share\\" + MARK + ".wav",
            "....//....//" + MARK + ".wav",
            "%2e%2e%2f%2e%2e%2f" + MARK + ".wav",
            "..%2f" + MARK + ".wav",
            "..%c0%af" + MARK + ".wav",
            "%252e%252e%252f" + MARK + ".wav",
            "file:///etc/" + MARK,
            "http://127.0.0.1/" + MARK + ".wav",
            "~/" + MARK + ".wav",
            "${jndi:ldap://127.0.0.1/" + MARK + "}.wav",
            "$(touch " + MARK + ").wav",
            "`touch " + MARK + "`.wav",
            "; touch " + MARK + "; .wav",
            "| touch " + MARK + ".wav",
            "-i " + MARK + ".wav",
            "--help",
            "concat:a|b.wav",
            "pipe:0.wav",
            ".",
            "..",
            "...",
            "....wav",
            ".htaccess",
            "CON",
            "aux.wav",
            "NUL.",
            "COM1.wav",
            "a.wav:stream",
            "a.wav::$DATA",
            "   ",
            " a.wav ",
            "a.wav.",
            "<script>alert(1)</script>.wav",
            "'; DROP TABLE tracks; --.wav",
            "\ud83c\udfb5\ud83d\udc69\u200d\ud83d\ude80.wav",
            "a\u202egpj.wav",
            "\u2066a\u2069\ufeff.wav",
            "a\u0000.php.wav",
            "a\u0001\u0007\u007f\u0085.wav",
            "a\tb.wav",
            "e\u0301\u0302\u0303".repeat(200) + ".wav",
            "x".repeat(4_096) + ".wav",
            "/".repeat(4_096),
            "a/".repeat(2_000) + ".wav"
        }) {
            names.add("; filename=\"" + plain + '"');
        }
        names.add("; filename=\"\"");
        names.add("");
        names.add("; filename");
        names.add("; filename=");
        names.add("; filename=a b c.wav");
        names.add("; filename=\"a.wav");
        names.add("; filename=\"a\\\"b\\\\c.wav\"");
        names.add("; filename=\"a\"; filename=\"b\"");
        names.add("; filename=\"a.wav\"\r\nX-Injected: yes");
        names.add("; filename=\"a\r\nX-Injected: yes\r\n\r\n.wav\"");
        names.add("; filename=\"a%0d%0aX-Injected: yes.wav\"");
        names.add("; filename*=UTF-8''a%0d%0aX-Injected:%20yes.wav");
        names.add("; filename*=UTF-8''..%2f..%2f" + MARK + ".wav");
        names.add("; filename*=UTF-8''%ff%fe%00.wav");
        names.add("; filename*=UTF-8''%ed%a0%80.wav");
        names.add("; filename*=UTF-8''%zz.wav");
        names.add("; filename*=nonsense''a.wav");
        names.add("; filename*=UTF-16''a.wav");
        names.add("; filename*=");
        names.add("; filename*=a");
        names.add("; filename=\"=?UTF-8?B?Li4vLi4vZXZpbA==?=\"");
        names.add("; filename=\"=?UTF-8?Q?a=0D=0AX-Injected:_yes?=\"");
        names.add("; filename=\"=?nonsense?B?!!!?=\"");
        names.add("; filename=\"=?UTF-8?Q?=?=\"");
        return names;
    }

    @Test
    void noNameDoesHarm() throws IOException {
        Set<String> before = objects();
        int tried = 0;
        int taken = 0;
        for (String name : NAMES) {
            String answer = post("/api/v1/tracks", ada, form(name, SOUND, ""));
            int status = status(answer);
            assertThat(status).as(shown(name, answer)).isIn(201, 400, 415, 422);
            assertThat(answer).as(name).doesNotContainIgnoringCase("x-injected: yes\r\n");
            if (status == 201) {
                taken++;
                JsonNode track = json(body(answer)).path("data").path("track");
                assertClean(name, track.path("title").asString());
                assertDownloads(name, track.path("id").asString());
                delete("/api/v1/tracks/" + track.path("id").asString(), ada);
            }
            // the same reader of forms: a part of them will do
            if (tried++ % 4 == 0) {
                String song = post("/api/songs/", bob, form(name, SOUND, "Song " + name.hashCode()));
                assertThat(status(song)).as(shown(name, song)).isIn(201, 400);
                if (status(song) == 201) {
                    assertThat(json(body(song)).path("file").asString())
                            .matches(BASE + "/media/songs/\\d+/[\\w-]+\\.wav");
                }
            }
        }
        assertThat(taken).isGreaterThan(NAMES.size() / 2);
        assertThat(NAMES).hasSizeGreaterThanOrEqualTo(40);
        Set<String> made = objects();
        made.removeAll(before);
        assertThat(made)
                .allSatisfy(
                        key -> assertThat(key).matches("catalog/[a-z]+/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}.*"));
        assertThat(made.toString()).doesNotContain("evil");
        for (Path folder : List.of(
                Path.of(""),
                Path.of("target"),
                Path.of("target/parts"),
                Path.of("/"),
                Path.of("/etc"),
                Path.of(System.getProperty("java.io.tmpdir")),
                TestS3.folder(),
                TestS3.folder().resolve(TestS3.bucket()))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files)
                            .noneMatch(file -> file.getFileName().toString().contains(MARK));
                }
            }
        }
    }

    @Test
    void largeFilesWithUnreadableNamesAreRefusedByEveryForm() throws IOException {
        byte[] large = TestAudio.wav(2);
        assertThat(large).hasSizeGreaterThan(64 * 1024);
        for (String address : List.of("/api/v1/tracks", "/api/v1/uploads", "/api/v1/tracks/chunk", "/api/songs/")) {
            for (String name : List.of("; filename*=UTF-8''%zz", "; filename*=nonsense''a.wav")) {
                String answer = post(address, ada, form(name, large, "Large"));
                assertThat(status(answer)).as(shown(name, answer)).isEqualTo(400);
                assertThat(json(body(answer)).propertyNames())
                        .contains(address.startsWith("/api/v1/") ? "error" : "detail");
            }
        }
        assertThat(get("/api/songs/", ada).expect(200).json().path("count").asInt())
                .isZero();
    }

    @Test
    void noNameOfAnUploadInChunksDoesHarm() {
        for (String name : NAMES) {
            String plain = name.replaceFirst("^; filename\\*?=\"?", "");
            for (String sent : new String[] {plain, plain + "\ud800", plain + "\r\nX-Injected: yes"}) {
                Answer answer = send(
                        HttpMethod.POST,
                        "/api/v1/tracks/initiate",
                        ada,
                        "{\"filename\":" + quoted(sent) + ",\"total_chunks\":1,\"total_size\":10}");
                assertThat(answer.status()).as(sent).isIn(200, 400, 422);
                assertThat(answer.headers().headerNames()).doesNotContain("X-Injected");
                if (answer.status() == 200) {
                    delete(
                            "/api/v1/tracks/"
                                    + answer.json()
                                            .path("data")
                                            .path("upload_id")
                                            .asString(),
                            ada);
                }
            }
        }
    }

    private void assertDownloads(String name, String id) {
        Answer download = get("/api/v1/tracks/" + id + "/download", ada).expect(200);
        assertThat(download.headers().headerNames()).doesNotContain("X-Injected");
        List<String> dispositions = download.headers().getOrEmpty("Content-Disposition");
        assertThat(dispositions).as(name).hasSize(1);
        assertThat(dispositions.getFirst()).as(name).matches("[\\x20-\\x7e]+").startsWith("attachment");
        String filename = ContentDisposition.parse(dispositions.getFirst()).getFilename();
        assertThat(filename).as(name).endsWith(".wav");
        assertClean(name, String.valueOf(filename));
    }

    private static void assertClean(String name, String shown) {
        assertThat(shown).as(name).isNotBlank().doesNotContain("/", "\\");
        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(300);
        assertThat(shown.codePoints())
                .as(name)
                .noneMatch(c -> Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String shown(String name, String answer) {
        return name.substring(0, Math.min(80, name.length())) + " -> " + answer;
    }

    /** JSON of any text, with lone surrogates as they are. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(
                    c >= ' ' && c < 127 && c != '"' && c != '\\'
                            ? String.valueOf(c)
                            : "\\u" + HexFormat.of().toHexDigits(c));
        }
        return json.append('"').toString();
    }
}
