package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Forms as bytes on a socket, for what no client would send, and a look at what they leave behind. */
@ExampleApplicationTest
abstract class RawForms {

    /** Below it there is an upload of each dialect. */
    static final List<String> DIALECTS = List.of(
            "/api/v1/things",
            "/v1/ai/things",
            "/api/things",
            "/api/vocal/things",
            "/api/denoise/things",
            "/musewave/things");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    Socket open(String things, long length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(bytes("POST " + things + "/open/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data;boundary=edge\r\nContent-Length: " + length + "\r\n\r\n"));
        return socket;
    }

    /** The whole answer, head and body. */
    String post(String things, byte[] form) throws IOException {
        try (Socket socket = open(things, form.length)) {
            socket.getOutputStream().write(form);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 ");
            return answer;
        }
    }

    /** Headers as they stand, a file of so many bytes, and what comes after it. */
    static byte[] form(String headers, int size, String end) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(bytes("--edge\r\n" + headers + "\r\n\r\n"));
        form.writeBytes(new byte[size]);
        form.writeBytes(bytes(end));
        return form.toByteArray();
    }

    /** Each character one byte. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static void assertNothingIsLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());
    }

    static void awaitFile() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isNotEmpty());
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(ExampleApplicationTest.PARTS))) {
            return files.map(Path::toString).collect(Collectors.toSet());
        }
    }
}
