package dev.cadenza.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** Clients that keep a connection by sending hardly anything. */
@TestPropertySource(properties = "cadenza.gateway.forward.most-behind=300ms")
class SlowUploadTests extends GatewayIT {

    /** Far more than it takes, however slow the machine. */
    private static final int MOST = 2_000;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tracks,           '\"success\":false'",
        "/api/songs/,              detail",
        "/api/vocal/separate/,     error",
        "/v1/ai/generate,          '\"success\":false'",
        "/musewave/tracks/create/, error"
    })
    void aByteNowAndThenIsRefusedInTheDialectAndTheConnectionEnds(String path, String sign) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + "?slow-upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100000\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            String answer = trickled(out, socket.getInputStream());
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("connection: close")
                    .contains(sign);
        }
    }

    /** What comes back until the connection ends, while a byte is sent now and then. */
    private static String trickled(OutputStream out, InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[4096];
        for (int i = 0; i < MOST; i++) {
            try {
                out.write('x');
                // waits a little for an answer
                int read = in.read(part);
                if (read < 0) {
                    return answer.toString();
                }
                answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
            } catch (java.net.SocketTimeoutException e) {
                // nothing yet
            } catch (SocketException e) {
                // writing to what has ended
                return answer.toString();
            }
        }
        throw new AssertionError("still open: " + answer);
    }
}
