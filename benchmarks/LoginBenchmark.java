import java.io.Reader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What a login through the gateway takes beyond the same login at Keycloak's own token endpoint, with the same realm,
 * client and account, one after the other. Starts a local stack of its own and prints a Markdown table. Run by
 * {@code benchmarks/login}.
 */
class LoginBenchmark {

    static final int WARM_UP = 60;
    static final int ROUNDS = 100;
    static final int PORT_BASE = 23_000;
    static final String PASSWORD = "Correct-horse-7-battery";
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("cadenza-benchmark-");
        try {
            cadenza(
                    data,
                    "up",
                    "--detach",
                    "--set",
                    "gateway:cadenza.gateway.limits.sign-in=100000/1m",
                    "--set",
                    "gateway:cadenza.gateway.limits.address=100000/1m");
            measure(data);
        } finally {
            cadenza(data, "down");
            cadenza(data, "reset", "--yes");
        }
    }

    static void measure(Path data) throws Exception {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("secrets/secrets.properties"))) {
            secrets.load(reader);
        }
        String name = "bench" + System.currentTimeMillis() % 1_000_000_000;
        String email = name + "@example.org";
        send(
                201,
                "http://localhost:" + (PORT_BASE + 80) + "/api/v1/auth/register",
                "application/json",
                "{\"username\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"password_confirm\":\"%s\"}"
                        .formatted(name, email, PASSWORD, PASSWORD));
        HttpRequest through = request(
                "http://localhost:" + (PORT_BASE + 80) + "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
        HttpRequest direct = request(
                "http://localhost:" + (PORT_BASE + 90) + "/realms/cadenza/protocol/openid-connect/token",
                "application/x-www-form-urlencoded",
                form(Map.of(
                        "grant_type", "password",
                        "client_id", "veza",
                        "client_secret", secrets.getProperty("keycloak.client.veza"),
                        "username", email,
                        "password", PASSWORD)));
        List<Double> ours = new ArrayList<>();
        List<Double> keycloaks = new ArrayList<>();
        List<Double> beyond = new ArrayList<>();
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double one = milliseconds(i % 2 == 0 ? through : direct);
            double other = milliseconds(i % 2 == 0 ? direct : through);
            if (i >= 0) {
                double our = i % 2 == 0 ? one : other;
                double their = i % 2 == 0 ? other : one;
                ours.add(our);
                keycloaks.add(their);
                beyond.add(our - their);
            }
        }
        row("login through the gateway, ms", ours);
        row("the same at Keycloak's token endpoint, ms", keycloaks);
        row("difference of each pair, ms", beyond);
    }

    static double milliseconds(HttpRequest request) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        double took = (System.nanoTime() - start) / 1e6;
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return took;
    }

    static void send(int status, String url, String type, String body) throws Exception {
        HttpResponse<String> response = CLIENT.send(request(url, type, body), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IllegalStateException(url + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    static HttpRequest request(String url, String type, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static void row(String what, List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f – %.1f | %d |%n",
                what,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }

    static void cadenza(Path data, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of("").toAbsolutePath().resolve("cadenza").toString()));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--port-base", Integer.toString(PORT_BASE), "--data", data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
    }
}
