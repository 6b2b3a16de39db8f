package dev.cadenza.platform.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class FingerprintTests {

    private static byte[] of(String type, String query, String body, int... cuts) {
        Fingerprint making = new Fingerprint(MockServerHttpRequest.post("/x" + query)
                .header("Content-Type", type)
                .build());
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int cut : cuts) {
            making.update(ByteBuffer.wrap(bytes, from, cut - from));
            from = cut;
        }
        making.update(ByteBuffer.wrap(bytes, from, bytes.length - from));
        return making.finish();
    }

    private static String form(String boundary, String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            form.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return form.append("--").append(boundary).append("--\r\n").toString();
    }

    @Test
    void theBoundaryOfAFormDoesNotCountButAllElseDoes() {
        byte[] form = of("multipart/form-data; boundary=abab", "", form("abab", "h: 1\r\n\r\nabababa--ab--aba", "b"));
        assertThat(of(
                        "multipart/form-data; boundary=\"x--x--y\"",
                        "",
                        form("x--x--y", "h: 1\r\n\r\nabababa--ab--aba", "b")))
                .isEqualTo(form);
        assertThat(of("multipart/form-data; boundary=abab", "", form("abab", "h: 1\r\n\r\nabababa--ab--abb", "b")))
                .isNotEqualTo(form);
        assertThat(of("multipart/form-data; boundary=abab", "", form("abab", "h: 2\r\n\r\nabababa--ab--aba", "b")))
                .isNotEqualTo(form);
        assertThat(of("multipart/form-data; boundary=abab", "", form("abab", "h: 1\r\n\r\nabababa--ab--aba" + "b")))
                .isNotEqualTo(form);
        assertThat(of("multipart/form-data; boundary=abab", "?q=1", form("abab", "h: 1\r\n\r\nabababa--ab--aba", "b")))
                .isNotEqualTo(form);
    }

    @Test
    void howTheBodyIsCutDoesNotCount() {
        Random random = new Random(7);
        for (String boundary : new String[] {"-a-", "---", "aab", "--aa--aa"}) {
            for (int round = 0; round < 200; round++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    text.append("-ab".charAt(random.nextInt(3)));
                }
                String body = form(boundary, text.toString(), "b");
                int[] cuts = random.ints(5, 0, body.length()).sorted().toArray();
                String type = "multipart/form-data; boundary=" + boundary;
                assertThat(of(type, "", body, cuts)).as(body).isEqualTo(of(type, "", body));
            }
        }
        assertThat(of("application/json", "", "{\"a\":1}", 1, 3)).isEqualTo(of("application/json", "", "{\"a\":1}"));
        assertThat(of("application/json", "", "{\"a\":2}")).isNotEqualTo(of("application/json", "", "{\"a\":1}"));
        assertThat(of("nonsense", "", "x")).isEqualTo(of("nonsense", "", "x"));
    }
}
