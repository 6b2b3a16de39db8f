package dev.cadenza.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform as a client sees it: HTTP against the gateway, with or without a token. */
final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient CLIENT = client().build();

    private final String base;
    private final @Nullable String token;
    private final HttpClient client;

    Api(String base, @Nullable String token) {
        this(base, token, CLIENT);
    }

    private Api(String base, @Nullable String token, HttpClient client) {
        this.base = base;
        this.token = token;
        this.client = client;
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    /** The same platform for another caller. */
    Api as(@Nullable String otherToken) {
        return new Api(base, otherToken, client);
    }

    /** The same caller in another network: every address that begins with 127 is one of this machine's. */
    Api from(String address) {
        return new Api(
                base,
                token,
                client().localAddress(InetAddress.ofLiteral(address)).build());
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path, Object body, String... headers) {
        return json("POST", path, body, headers);
    }

    Answer put(String path, Object body) {
        return json("PUT", path, body);
    }

    Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    Answer postText(String path, String contentType, String body) {
        return send("POST", path, BodyPublishers.ofString(body), "Content-Type", contentType);
    }

    /** A multipart upload of one file and some text fields. */
    Answer upload(
            String path, String field, String filename, byte[] content, Map<String, String> fields, String... headers) {
        String boundary = "cadenza-e2e-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> write(
                body,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                        + "\r\n"));
        write(
                body,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                        + filename.replace("\"", "%22") + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n--" + boundary + "--\r\n");
        return send(
                "POST",
                path,
                BodyPublishers.ofByteArray(body.toByteArray()),
                with(headers, "Content-Type", "multipart/form-data; boundary=" + boundary));
    }

    private Answer json(String method, String path, Object body, String... headers) {
        return send(
                method,
                path,
                BodyPublishers.ofString(JSON.writeValueAsString(body)),
                with(headers, "Content-Type", "application/json"));
    }

    private static String[] with(String[] headers, String name, String value) {
        return Stream.concat(Stream.of(headers), Stream.of(name, value)).toArray(String[]::new);
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(method + " " + path, response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What came back. */
    record Answer(String request, HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        byte[] bytes() {
            return response.body();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        @Nullable
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The whole body as JSON. */
        JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** The {@code data} of an envelope. */
        JsonNode data() {
            return json().path("data");
        }

        /** This answer, if it has that status; an error that shows everything otherwise. */
        Answer expect(int status) {
            if (status() != status) {
                throw new AssertionError(request + " answered " + status() + ", not " + status + ": " + text());
            }
            return this;
        }
    }

    /** Names of the members of an object, in order. */
    static List<String> keys(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }
}
