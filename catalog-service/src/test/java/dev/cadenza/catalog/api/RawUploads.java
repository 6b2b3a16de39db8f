package dev.cadenza.catalog.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.platform.testing.TestS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Uploads as bytes on a socket, for what no client would send, and a look at what they leave behind. */
abstract class RawUploads extends LibraryTests {

    @LocalServerPort
    private int port;

    /** One form with one file; the connection is the caller's to close. */
    Socket open(String address, User user, byte[] form) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("POST " + address
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + user.token()
                                + "\r\nContent-Type: multipart/form-data;boundary=edge\r\nContent-Length: "
                                + form.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** The whole answer, head and body. */
    String post(String address, User user, byte[] form) throws IOException {
        try (Socket socket = open(address, user, form)) {
            socket.getOutputStream().write(form);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 ");
            return answer;
        }
    }

    /**
     * A form with a title, where there is one, and a file.
     *
     * @param name the parameters that say the file's name, as they stand
     */
    static byte[] form(String name, byte[] file, String title) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        if (!title.isEmpty()) {
            form.writeBytes(utf8("--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title + "\r\n"));
        }
        form.writeBytes(utf8("--edge\r\nContent-Disposition: form-data; name=\"file\"" + name
                + "\r\nContent-Type: audio/wav\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(utf8("\r\n--edge--\r\n"));
        return form.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keys of all objects. */
    static Set<String> objects() throws IOException {
        return files(TestS3.folder().resolve(TestS3.bucket()));
    }

    /** Everything below a folder, by its path there. */
    static Set<String> files(Path folder) throws IOException {
        Set<String> found = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path : list.toList()) {
                if (!Files.isDirectory(path)) {
                    found.add(folder.relativize(path).toString());
                } else {
                    try {
                        files(path).forEach(below -> found.add(path.getFileName() + "/" + below));
                    } catch (NoSuchFileException gone) {
                        // somebody else's, deleted meanwhile
                    }
                }
            }
        }
        return found;
    }
}
