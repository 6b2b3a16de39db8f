package dev.cadenza.launcher.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's API as any client sees it: one address, JSON, a bearer token. */
final class Api {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(61);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int ATTEMPTS = 3;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI base;
    private @Nullable String token;

    Api(URI base) {
        this.base = base;
    }

    void authenticate(String accessToken) {
        token = accessToken;
    }

    JsonNode get(String path) throws IOException, InterruptedException, DemoFailedException {
        return call(request(path).GET());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException, DemoFailedException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
    }

    JsonNode post(String path) throws IOException, InterruptedException, DemoFailedException {
        return call(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Sends a file as multipart form data. */
    JsonNode upload(String path, String field, Path file, Map<String, String> fields)
            throws IOException, InterruptedException, DemoFailedException {
        String boundary = "cadenza-" + UUID.randomUUID();
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        String filename = file.getFileName().toString().replace("\"", "%22");
        head.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                        .formatted(boundary, field, filename))
                .append("Content-Type: application/octet-stream\r\n\r\n");
        return call(request(path)
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(head.toString()),
                        file(file),
                        HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"))));
    }

    private static HttpRequest.BodyPublisher file(Path file) throws FileNotFoundException {
        return HttpRequest.BodyPublishers.ofFile(file);
    }

    /** A part of something, as a player asks for it. */
    byte[] range(String path, long from, long to) throws IOException, InterruptedException, DemoFailedException {
        HttpRequest request =
                request(path).header("Range", "bytes=" + from + "-" + to).GET().build();
        HttpResponse<byte[]> response = patiently(request, HttpResponse.BodyHandlers.ofByteArray());
        DemoFailedException.unless(
                response.statusCode() == 206, "GET " + path + " with a Range answered " + response.statusCode());
        return response.body();
    }

    /** Downloads from a path, or from an absolute address that the platform gave. */
    Path download(String address, Path target) throws IOException, InterruptedException, DemoFailedException {
        HttpResponse<Path> response = patiently(
                request(address).timeout(Duration.ofMinutes(5)).GET().build(),
                HttpResponse.BodyHandlers.ofFile(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
        DemoFailedException.unless(
                response.statusCode() == 200, "GET " + address + " answered " + response.statusCode());
        return target;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private JsonNode call(HttpRequest.Builder builder) throws IOException, InterruptedException, DemoFailedException {
        HttpRequest request = builder.header("Accept", "application/json").build();
        HttpResponse<String> response = patiently(request, HttpResponse.BodyHandlers.ofString());
        String called = request.method() + " " + request.uri().getPath();
        DemoFailedException.unless(
                response.statusCode() / 100 == 2,
                called + " answered " + response.statusCode() + " " + response.body() + " (request id "
                        + response.headers().firstValue("X-Request-Id").orElse("none") + ")");
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new DemoFailedException(called + " answered no JSON: " + response.body());
        }
    }

    /** Waits as long as the platform says where it was asked too often. */
    private <T> HttpResponse<T> patiently(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpResponse<T> response = client.send(request, body);
        for (int attempt = 1; response.statusCode() == TOO_MANY_REQUESTS && attempt < ATTEMPTS; attempt++) {
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
            TimeUnit.SECONDS.sleep(Math.clamp(seconds, 1, LONGEST_WAIT.toSeconds()));
            response = client.send(request, body);
        }
        return response;
    }
}
