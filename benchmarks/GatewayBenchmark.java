import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the gateway costs beside nginx: CPU for each proxied request, requests a second, and latency at half load. Both
 * stand before the same backend (an nginx of its own, which answers a fixed text) under the same load generator (wrk), in
 * turn: nginx, gateway, gateway, nginx. Run by {@code benchmarks/gateway}; loopback only, bounded in work and time.
 */
class GatewayBenchmark {

    static final int CONNECTIONS = 32;
    static final String PATH = "/api/v1/tracks";
    static final String ISSUER = "http://localhost/realms/cadenza";
    static final String KEY = "cdz_benchmark0123456789abcdefghijklmnopqrstuvwx";
    static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    static final Pattern PERCENTILE = Pattern.compile("\\s(50|99)%\\s+([0-9.]+)(us|ms|s)\\b");

    final Path folder;
    /** Length of a run, and how often all are made there and back. */
    final int seconds;

    final int rounds;
    final int warmUp;
    final List<Process> processes = new ArrayList<>();
    final int backendPort = freePort();
    final int nginxPort = freePort();
    final int gatewayPort = freePort();
    final int managementPort = freePort();
    Process nginx;
    Process gateway;
    boolean measuring;

    GatewayBenchmark(Path folder, String extent) throws IOException {
        this.folder = folder;
        boolean quick = extent.equals("quick");
        boolean brief = extent.equals("brief");
        this.seconds = quick ? 2 : brief ? 6 : 12;
        this.rounds = quick ? 1 : brief ? 2 : 3;
        this.warmUp = quick ? 10 : 40;
    }

    public static void main(String[] arguments) throws Exception {
        GatewayBenchmark benchmark = new GatewayBenchmark(
                Files.createTempDirectory("cadenza-benchmark-"), arguments[2]);
        Thread end = new Thread(benchmark::stop);
        Runtime.getRuntime().addShutdownHook(end);
        benchmark.start(arguments[0], arguments[1]);
        if (arguments[2].equals("serve")) {
            System.out.printf(
                    "backend %d%nnginx %d%ngateway %d%nprocess %d%nAuthorization: Bearer %s%nX-API-Key: %s%n",
                    benchmark.backendPort,
                    benchmark.nginxPort,
                    benchmark.gatewayPort,
                    benchmark.gateway.pid(),
                    benchmark.token,
                    KEY);
            benchmark.gateway.waitFor();
        } else {
            benchmark.measure();
        }
    }

    // ---- the parts ----------------------------------------------------------------------------------------------

    void start(String java, String jar) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        token = token(keys);
        backend((RSAPublicKey) keys.getPublic());
        nginx = nginx(nginxPort, """
                upstream backend { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000; }
                server {
                  listen 127.0.0.1:%d;
                  location / {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Request-Id $request_id;
                  }
                }
                """.formatted(backendPort, nginxPort), "access_log " + folder + "/nginx-access.log combined;");
        gateway = gateway(java, Path.of(jar).toAbsolutePath().toString());
    }

    String token;

    /** Answers everything: the route, the keys of the realm, and who an API key stands for. */
    void backend(RSAPublicKey key) throws Exception {
        String answer = "{\"success\":true,\"data\":{\"tracks\":[" + "\"" + "x".repeat(980) + "\"]}}";
        String keys = "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
        String identity = "{\"token\":\"" + token + "\",\"expires_at\":\""
                + Instant.now().plusSeconds(86_400).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + "\",\"user_id\":\"019fa05e-7c3e-7d53-9f5e-2a5b4c1d0e11\",\"session\":null,\"csrf_token\":null,"
                + "\"key_id\":\"key_0123456789abcdef\",\"scopes\":[\"tracks:read\"],\"requests_per_minute\":100000000}";
        nginx(backendPort, """
                server {
                  listen 127.0.0.1:%d;
                  keepalive_requests 100000000;
                  default_type application/json;
                  location / { return 200 '%s'; }
                  location = /keys { return 200 '%s'; }
                  location = /internal/exchange { return 200 '%s'; }
                  location = /v3/api-docs { return 404; }
                }
                """.formatted(backendPort, answer, keys, identity), "access_log off;");
    }

    Process nginx(int port, String servers, String log) throws Exception {
        Path home = Files.createDirectories(folder.resolve("nginx-" + port));
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                pid %1$s/pid;
                error_log %1$s/error.log;
                worker_processes auto;
                events { worker_connections 1024; }
                http {
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 100000000;
                  %2$s
                  %3$s
                }
                """.formatted(home, log, servers));
        Process process = run("nginx-" + port, List.of("nginx", "-p", home.toString(), "-c", configuration.toString()));
        await("http://127.0.0.1:" + port + PATH);
        return process;
    }

    Process gateway(String java, String jar) throws Exception {
        Path home = Files.createDirectories(folder.resolve("gateway"));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", Integer.toString(gatewayPort));
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", Integer.toString(managementPort));
        settings.put("management.server.address", "127.0.0.1");
        for (String service :
                List.of("auth", "catalog", "playlist", "social", "generation", "processing", "analytics")) {
            settings.put("cadenza.services." + service, "http://127.0.0.1:" + backendPort);
        }
        settings.put("cadenza.security.issuers[0].issuer", ISSUER);
        settings.put("cadenza.security.issuers[0].jwks-uri", "http://127.0.0.1:" + backendPort + "/keys");
        // counted like everywhere, but nobody is refused
        settings.put("cadenza.gateway.limits.address", "1000000000/1m");
        // there is no Kafka here: what would be told is dropped
        settings.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
        settings.put("logging.level.org.apache.kafka", "OFF");
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        Files.writeString(home.resolve("application.properties"), text);
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(System.getenv()
                .getOrDefault("GATEWAY_JAVA_OPTIONS", "-Xms256m -Xmx256m -Xmn144m -XX:+UseSerialGC")
                .split(" ")));
        command.addAll(List.of("-jar", jar));
        Process process = run("gateway", command);
        await("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        return process;
    }

    Process run(String name, List<String> command) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    static void await(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < 600; i++) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // not there yet
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException(address + " does not answer");
    }

    void stop() {
        processes.reversed().forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (System.getenv("KEEP") == null) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Collections.reverseOrder()).forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                System.err.println(folder + " stays behind: " + e);
            }
        }
    }

    // ---- the measurement ----------------------------------------------------------------------------------------

    /** One run of wrk. */
    record Run(double perSecond, double cpuMicros, double p50, double p99) {}

    enum Target {
        DIRECT,
        NGINX,
        GATEWAY
    }

    void measure() throws Exception {
        Map<String, List<String>> scenarios = new LinkedHashMap<>();
        scenarios.put("plain", List.of());
        scenarios.put("JWT", List.of("Authorization: Bearer " + token));
        scenarios.put("API key", List.of("X-API-Key: " + KEY));
        System.out.println("| route | what | nginx | gateway | ratio or added | goal |");
        System.out.println("|---|---|---|---|---|---|");
        for (Map.Entry<String, List<String>> scenario : scenarios.entrySet()) {
            List<String> headers = scenario.getValue();
            measuring = false;
            wrk(Target.GATEWAY, headers, warmUp, 0);
            wrk(Target.NGINX, headers, seconds, 0);
            measuring = true;
            Map<Target, List<Run>> full = runs(headers, 0, Target.NGINX, Target.GATEWAY);
            double half = median(full.get(Target.GATEWAY), Run::perSecond) / 2;
            wrk(Target.GATEWAY, headers, seconds, half);
            Map<Target, List<Run>> calm = runs(headers, half, Target.DIRECT, Target.NGINX, Target.GATEWAY);
            print(scenario.getKey(), full, calm, half);
        }
    }

    /** There and back again in each round: A B B A. */
    Map<Target, List<Run>> runs(List<String> headers, double rate, Target... order) throws Exception {
        Map<Target, List<Run>> runs = new LinkedHashMap<>();
        List<Target> thereAndBack = new ArrayList<>(Arrays.asList(order));
        thereAndBack.addAll(thereAndBack.reversed());
        for (int round = 0; round < rounds; round++) {
            for (Target target : thereAndBack) {
                runs.computeIfAbsent(target, first -> new ArrayList<>())
                        .add(wrk(target, headers, seconds, rate));
            }
        }
        return runs;
    }

    /** @param rate requests a second; 0 for as many as there can be */
    Run wrk(Target target, List<String> headers, int seconds, double rate) throws Exception {
        int port = switch (target) {
            case DIRECT -> backendPort;
            case NGINX -> nginxPort;
            case GATEWAY -> gatewayPort;
        };
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "--latency"));
        headers.forEach(header -> command.addAll(List.of("-H", header)));
        if (rate > 0) {
            Path pauses = folder.resolve("pauses.lua");
            // each connection pauses between its requests, for a while that is different each time
            Files.writeString(
                    pauses,
                    "function delay() return math.random(0, "
                            + Math.max(1, Math.round(2 * 1_000 * CONNECTIONS / rate)) + ") end\n");
            command.addAll(List.of("-s", pauses.toString()));
        }
        command.add("http://127.0.0.1:" + port + PATH);
        Process measured = switch (target) {
            case DIRECT -> null;
            case NGINX -> nginx;
            case GATEWAY -> gateway;
        };
        double before = measured == null ? 0 : cpuSeconds(measured);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double used = measured == null ? 0 : cpuSeconds(measured) - before;
        if (process.waitFor() != 0 || said.contains("Non-2xx") || measuring && said.contains("Socket errors")) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + said);
        }
        return new Run(
                number(PER_SECOND, said),
                used * 1e6 / number(REQUESTS, said),
                millis(said, "50"),
                millis(said, "99"));
    }

    void print(String route, Map<Target, List<Run>> full, Map<Target, List<Run>> calm, double half) {
        double nginxCpu = median(full.get(Target.NGINX), Run::cpuMicros);
        double gatewayCpu = median(full.get(Target.GATEWAY), Run::cpuMicros);
        row(
                route,
                "CPU per request, µs",
                range(full.get(Target.NGINX), Run::cpuMicros, "%.1f"),
                range(full.get(Target.GATEWAY), Run::cpuMicros, "%.1f"),
                "× %.1f".formatted(gatewayCpu / nginxCpu),
                route.equals("JWT") ? "× 8" : "–");
        row(
                route,
                "requests/s",
                range(full.get(Target.NGINX), Run::perSecond, "%.0f"),
                range(full.get(Target.GATEWAY), Run::perSecond, "%.0f"),
                "× %.2f".formatted(median(full.get(Target.GATEWAY), Run::perSecond)
                        / median(full.get(Target.NGINX), Run::perSecond)),
                "–");
        latency(route, "p50", calm, Run::p50, half, "–");
        latency(route, "p99", calm, Run::p99, half, "+ 3 ms");
    }

    void latency(
            String route,
            String name,
            Map<Target, List<Run>> runs,
            ToDoubleFunction<Run> value,
            double half,
            String goal) {
        double direct = median(runs.get(Target.DIRECT), value);
        row(
                route,
                "%s at %.0f/s, ms (direct %.2f)".formatted(
                        name, median(runs.get(Target.GATEWAY), Run::perSecond), direct),
                range(runs.get(Target.NGINX), value, "%.2f"),
                range(runs.get(Target.GATEWAY), value, "%.2f"),
                "+ %.2f ms (nginx + %.2f)".formatted(
                        median(runs.get(Target.GATEWAY), value) - direct, median(runs.get(Target.NGINX), value) - direct),
                goal);
    }

    static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    static String range(List<Run> runs, ToDoubleFunction<Run> value, String format) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        return (format + " (" + format + " – " + format + ")")
                .formatted(median(runs, value), sorted[0], sorted[sorted.length - 1]);
    }

    static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    // ---- small things -------------------------------------------------------------------------------------------

    /** User and system time of a process and its children, such as nginx's workers. */
    static double cpuSeconds(Process process) throws IOException {
        long ticks = 0;
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        for (ProcessHandle handle : all) {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / 100.0;
    }

    static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    static double millis(String text, String percentile) {
        Matcher matcher = PERCENTILE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(percentile)) {
                double value = Double.parseDouble(matcher.group(2));
                return switch (matcher.group(3)) {
                    case "us" -> value / 1_000;
                    case "ms" -> value;
                    default -> value * 1_000;
                };
            }
        }
        throw new IllegalStateException(text);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Of the size and with the claims that Keycloak's have. */
    static String token(KeyPair keys) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"exp\":%d,\"iat\":%d,\"jti\":\"onrtro:4f3c1a52-6ad8-4c36-a1f7-1f4a07b6a1c2\",\"iss\":\"%s\",\"aud\":\"cadenza\","
                        .formatted(now + 86_400, now, ISSUER)
                + "\"sub\":\"019fa05e-7c3e-7d53-9f5e-2a5b4c1d0e11\",\"typ\":\"Bearer\",\"azp\":\"veza\","
                + "\"sid\":\"b7c6a3f2-98a1-4a54-b6d4-3f1e2d4c5b6a\",\"acr\":\"1\",\"roles\":[\"user\"],"
                + "\"scope\":\"email profile\",\"email_verified\":true,\"number\":42,\"preferred_username\":\"ann\","
                + "\"email\":\"ann@example.org\"}";
        String signed = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k\"}") + "." + encoded(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
