import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import reactor.core.publisher.Mono;

/**
 * What lists, searches, streams and uploads of catalog-service cost, beside nginx and Django REST Framework where these
 * do the same. Starts the stand-ins of the local stack, catalog-service and gateway with the heaps that they have there, an
 * issuer of its own, and prints Markdown tables. Run by {@code benchmarks/library}.
 */
class LibraryBenchmark {

    static final String ISSUER = "http://localhost/realms/cadenza";
    static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    static final Pattern READ = Pattern.compile("in [0-9.]+m?s?, ([0-9.]+)(B|KB|MB|GB) read");
    static final Pattern PERCENTILE = Pattern.compile("\\s(50|99)%\\s+([0-9.]+)(us|ms|s)\\b");
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final String ZGC = "-XX:+UseZGC";
    static final int FEW = 10_000;
    static final int MANY = 100_000;
    static final int SECONDS = 4;
    static final int ROUNDS = 3;
    /** Searches a second. */
    static final int RATE = 100;

    final Path folder;
    final String java;
    final int infrastructureHeap;
    final List<Process> processes = new ArrayList<>();
    final int keysPort = freePort();
    final int mongoPort = freePort();
    final int kafkaPort = freePort();
    final int s3Port = freePort();
    final int catalogPort = freePort();
    final int gatewayPort = freePort();
    final int managementPort = freePort();
    final int nginxPort = freePort();
    final int relayPort = freePort();
    final int drfPort = freePort();
    final Random random = new Random(7);
    final List<String> words = vocabulary(3_000);
    final List<String> names = vocabulary(2_000);
    final List<String> genres = vocabulary(40);
    KeyPair keys;
    Process infrastructure;
    Process catalog;
    int made;

    /** @param infrastructureHeap megabytes for the stand-ins; 512 in the local stack */
    LibraryBenchmark(Path folder, String java, int infrastructureHeap) throws IOException {
        this.folder = folder;
        this.infrastructureHeap = infrastructureHeap;
        this.java = java;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> parts = List.of(arguments).subList(1, arguments.length);
        List<String> wanted = parts.isEmpty() ? List.of("lists", "streaming", "uploads") : parts;
        int heap = wanted.contains("search") ? 2_048 : 512;
        LibraryBenchmark benchmark =
                new LibraryBenchmark(Files.createTempDirectory("cadenza-benchmark-"), arguments[0], heap);
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::stop));
        benchmark.start();
        if (wanted.contains("streaming")) {
            benchmark.streaming();
        }
        if (wanted.contains("uploads")) {
            benchmark.uploads();
        }
        if (wanted.contains("lists")) {
            benchmark.lists();
        }
        if (wanted.contains("search")) {
            benchmark.search();
        }
        System.exit(0);
    }

    // ---- the parts ----------------------------------------------------------------------------------------------

    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        byte[] shown = ("{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"n\":\""
                        + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        HttpServer issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", keysPort), 0);
        issuer.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, shown.length);
            exchange.getResponseBody().write(shown);
            exchange.close();
        });
        issuer.start();
        int mailPort = freePort();
        // its pauses of half a second, with so much in it, are not to be taken for those of the service
        List<String> collector = infrastructureHeap > 512 ? List.of(ZGC) : List.of();
        infrastructure = java("infrastructure", infrastructureHeap, collector, properties(Map.of(
                "data", folder.resolve("data").toString(),
                "kafka.port", kafkaPort,
                "kafka.controller-port", freePort(),
                "mongo.port", mongoPort,
                "s3.port", s3Port,
                "s3.access-key", "cadenza",
                "s3.secret-key", "cadenza-secret",
                "s3.bucket", "cadenza",
                "smtp.port", freePort(),
                "mail.port", mailPort)), "-cp", Path.of("launcher/target").toAbsolutePath() + "/lib/*:"
                        + jar("launcher", "-SNAPSHOT.jar"), "dev.cadenza.launcher.infra.InfrastructureMain");
        await("http://127.0.0.1:" + mailPort + "/health");
        startCatalog(Map.of());
    }

    void startCatalog(Map<String, Object> more) throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>(spring(catalogPort));
        settings.putAll(more);
        settings.put("spring.mongodb.uri", "mongodb://127.0.0.1:" + mongoPort + "/cadenza_catalog");
        settings.put("cadenza.storage.endpoint", "http://127.0.0.1:" + s3Port);
        settings.put("cadenza.storage.access-key", "cadenza");
        settings.put("cadenza.storage.secret-key", "cadenza-secret");
        settings.put("cadenza.storage.bucket", "cadenza");
        settings.put("cadenza.media.signing-secret", "benchmark-benchmark-benchmark-benchmark");
        settings.put("cadenza.catalog.search.directory", folder.resolve("search"));
        catalog = java("catalog", 192, List.of(), properties(settings), "-jar", jar("catalog-service", "-app.jar"));
        await("http://127.0.0.1:" + catalogPort + "/actuator/health/readiness");
    }

    Process gateway() throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>(spring(gatewayPort));
        settings.put("management.server.port", managementPort);
        settings.put("management.server.address", "127.0.0.1");
        for (String service : List.of("auth", "playlist", "social", "generation", "processing", "analytics")) {
            settings.put("cadenza.services." + service, "http://127.0.0.1:1");
        }
        settings.put("cadenza.services.catalog", "http://127.0.0.1:" + catalogPort);
        settings.put("cadenza.gateway.forward.object-store", "http://127.0.0.1:" + s3Port);
        settings.put("cadenza.gateway.limits.address", "1000000000/1m");
        settings.put("cadenza.gateway.limits.upload", "1000000/1h");
        Process gateway = java("gateway", 256, List.of(), properties(settings), "-jar", jar("gateway", "-app.jar"));
        await("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        return gateway;
    }

    Map<String, Object> spring(int port) {
        return Map.of(
                "server.port", port,
                "server.address", "127.0.0.1",
                "spring.kafka.bootstrap-servers", "127.0.0.1:" + kafkaPort,
                "cadenza.events.partitions", 1,
                "cadenza.security.issuers[0].issuer", ISSUER,
                "cadenza.security.issuers[0].jwks-uri", "http://127.0.0.1:" + keysPort + "/keys");
    }

    static String properties(Map<String, ?> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** As the launcher starts it; the settings lie in its folder. */
    Process java(String name, int heap, List<String> options, String settings, String... what) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path file = Files.writeString(home.resolve("application.properties"), settings);
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xms32m",
                "-Xmx" + heap + "m",
                "-Xss512k",
                options.contains(ZGC) ? ZGC : "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of(what));
        if (name.equals("infrastructure")) {
            command.add(file.toString());
        }
        return run(name, Map.of(), command);
    }

    Process run(String name, Map<String, String> environment, List<String> command) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
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

    // ---- lists --------------------------------------------------------------------------------------------------

    void lists() throws Exception {
        Path lines = folder.resolve("tracks.jsonl");
        List<String> bodies = tracks(FEW);
        Files.write(lines, bodies);
        List<String> ids = seed(bodies);
        Path peer = Path.of("benchmarks/peers").toAbsolutePath();
        Map<String, String> environment = Map.of(
                "DRF_DATABASE", folder.resolve("drf.sqlite3").toString(), "PYTHONPATH", peer.toString());
        Path peerIds = folder.resolve("drf-ids");
        int loaded = run("load", environment, List.of(
                        "/usr/bin/python3", peer + "/drf.py", "load", lines.toString(), peerIds.toString()))
                .waitFor();
        if (loaded != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("load.log")));
        }
        Process drf = run("drf", environment, List.of(
                "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:" + drfPort, "drf:application"));
        await("http://127.0.0.1:" + drfPort + "/musewave/tracks/?limit=1");
        System.out.println("| " + FEW + " tracks | catalog-service, ms CPU | with its database | Django REST Framework | ratio | goal |");
        System.out.println("|---|---|---|---|---|---|");
        List<String> lists = new ArrayList<>();
        for (String genre : genres) {
            lists.add("/musewave/tracks/?genre=" + genre + "&sort_by=title&sort_order=asc&limit=20");
        }
        compare("20 of a genre by title", lists, lists, drf);
        List<String> newest = Stream.iterate(0, i -> i + 20)
                .limit(100)
                .map(offset -> "/musewave/tracks/?limit=20&offset=" + offset)
                .toList();
        compare("20 newest, first 100 pages", newest, newest, drf);
        compare(
                "one track",
                ids.stream().map(id -> "/musewave/tracks/" + id + "/").toList(),
                Files.readAllLines(peerIds).stream().map(id -> "/musewave/tracks/" + id + "/").toList(),
                drf);
        drf.destroy();
        System.out.println();
    }

    void compare(String what, List<String> ours, List<String> theirs, Process drf) throws Exception {
        wrk(catalogPort, ours, 8, 60, 0, List.of());
        wrk(drfPort, theirs, 8, 3, 0, List.of());
        List<Run> own = new ArrayList<>();
        List<Run> peer = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            own.add(wrk(catalogPort, ours, 8, SECONDS, 0, List.of(catalog, infrastructure)));
            peer.add(wrk(drfPort, theirs, 8, SECONDS, 0, List.of(drf)));
        }
        row(
                what,
                range(own, run -> run.cpu(0), "%.2f"),
                range(own, run -> run.cpu(0) + run.cpu(1), "%.2f"),
                range(peer, run -> run.cpu(0), "%.2f"),
                "× %.2f; with its database × %.2f"
                        .formatted(
                                median(own, run -> run.cpu(0)) / median(peer, run -> run.cpu(0)),
                                median(own, run -> run.cpu(0) + run.cpu(1)) / median(peer, run -> run.cpu(0))),
                "× 0.33");
    }

    // ---- search -------------------------------------------------------------------------------------------------

    void search() throws Exception {
        List<String> bodies = tracks(MANY - made);
        seed(bodies);
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("a word", queries(i -> word()));
        kinds.put("a beginning of three letters", queries(i -> word().substring(0, 3)));
        kinds.put("two words", queries(i -> word() + "%20" + word().substring(0, 2)));
        kinds.put("a word with a mistake", queries(i -> swapped(word())));
        kinds.put("a word of an artist, by popularity", queries(i -> names.get(random.nextInt(names.size()))
                + "&sort_by=popularity"));
        kinds.put("a genre, by title", Stream.iterate(0, i -> i + 1)
                .limit(40)
                .map(i -> "/api/v1/tracks/search?limit=20&sort_by=title&genre=" + genres.get(i))
                .toList());
        System.out.println("| " + MANY + " tracks, " + RATE + " searches a second | p50, ms | p99, ms | CPU of the service, ms | goal |");
        System.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
            wrk(catalogPort, kind.getValue(), 4, 8, 0, List.of());
            List<Run> runs = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                runs.add(wrk(catalogPort, kind.getValue(), 4, SECONDS, RATE, List.of(catalog)));
            }
            row(
                    kind.getKey(),
                    range(runs, Run::p50, "%.1f"),
                    range(runs, Run::p99, "%.1f"),
                    range(runs, run -> run.cpu(0), "%.2f"),
                    "p99 20 ms");
        }
        System.out.println();
    }

    interface Word {
        String of(int i);
    }

    List<String> queries(Word word) {
        return Stream.iterate(0, i -> i + 1)
                .limit(500)
                .map(i -> "/api/v1/tracks/search?limit=20&q=" + word.of(i))
                .toList();
    }

    String word() {
        // as often as in titles: some words are in many
        return words.get((int) (words.size() * Math.pow(random.nextDouble(), 3)));
    }

    static String swapped(String word) {
        int i = word.length() / 2;
        return word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
    }

    // ---- streaming ----------------------------------------------------------------------------------------------

    void streaming() throws Exception {
        byte[] wav = wav(10_000_000);
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.write(files.resolve("song.wav"), wav);
        Process nginx = nginx("nginx", nginxPort, "root " + files + ";");
        Process relay = nginx(
                "relay",
                relayPort,
                "location / { proxy_pass http://127.0.0.1:" + nginxPort
                        + "; proxy_http_version 1.1; proxy_set_header Connection \"\"; }");
        await("http://127.0.0.1:" + relayPort + "/song.wav");
        Process gateway = gateway();
        String id = upload(gatewayPort, token(UUID.randomUUID()), "stream", wav);
        String stream = "/api/v1/tracks/" + id + "/stream";
        System.out.println("| a file of 10 MB, s CPU a GB | nginx, the file | nginx, relaying | gateway | catalog-service | both beside the file | both beside relaying | object store's stand-in |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        // what is compiled depends on how many requests there were, not on how long they are
        wrk(gatewayPort, List.of(stream), 8, 60, 0, List.of(), "Range: bytes=0-199999");
        long flat = liveHeap(catalog) + liveHeap(gateway);
        for (int clients : new int[] {1, 8, 100}) {
            List<Run> own = new ArrayList<>();
            List<Run> file = new ArrayList<>();
            List<Run> relayed = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                idle(catalog);
                own.add(wrk(gatewayPort, List.of(stream), clients, SECONDS, 0, List.of(gateway, catalog, infrastructure)));
                file.add(wrk(nginxPort, List.of("/song.wav"), clients, SECONDS, 0, List.of(nginx)));
                relayed.add(wrk(relayPort, List.of("/song.wav"), clients, SECONDS, 0, List.of(relay)));
            }
            ToDoubleFunction<Run> ours = run -> run.cpuOfGigabyte(0) + run.cpuOfGigabyte(1);
            ToDoubleFunction<Run> first = run -> run.cpuOfGigabyte(0);
            row(
                    clients + (clients == 1 ? " client" : " clients"),
                    range(file, first, "%.2f"),
                    range(relayed, first, "%.2f"),
                    range(own, first, "%.2f"),
                    range(own, run -> run.cpuOfGigabyte(1), "%.2f"),
                    "× %.1f".formatted(median(own, ours) / median(file, first)),
                    "× %.1f".formatted(median(own, ours) / median(relayed, first)),
                    range(own, run -> run.cpuOfGigabyte(2), "%.2f"));
        }
        System.out.printf(
                "%nLive heap of both services before and after: %d and %d MiB; resident at most: gateway %d, catalog-service %d MiB.%n",
                flat, liveHeap(catalog) + liveHeap(gateway), residentPeak(gateway), residentPeak(catalog));
        catalog.destroy();
        catalog.waitFor();
        startCatalog(Map.of(
                "cadenza.catalog.playback.redirect", true,
                "cadenza.storage.public-endpoint", "http://127.0.0.1:" + s3Port));
        wrk(gatewayPort, List.of(stream), 8, 30, 0, List.of());
        List<Run> sent = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            idle(catalog);
            sent.add(wrk(gatewayPort, List.of(stream), 8, SECONDS, 0, List.of(gateway, catalog)));
        }
        System.out.printf(
                "Sent on to the store: ms CPU a request of the gateway %s, of catalog-service %s; the bytes cost here nothing.%n%n",
                range(sent, run -> run.cpu(0), "%.2f"), range(sent, run -> run.cpu(1), "%.2f"));
        nginx.destroy();
        relay.destroy();
        gateway.destroy();
        gateway.waitFor();
        catalog.destroy();
        catalog.waitFor();
        startCatalog(Map.of());
    }

    Process nginx(String name, int port, String serves) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name));
        Path configuration = Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                user %3$s;
                pid %1$s/pid;
                error_log %1$s/error.log;
                worker_processes auto;
                events { worker_connections 1024; }
                http {
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  proxy_max_temp_file_size 0;
                  proxy_buffers 8 128k;
                  proxy_buffer_size 128k;
                  proxy_busy_buffers_size 256k;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  access_log off;
                  sendfile on;
                  keepalive_requests 100000000;
                  server { listen 127.0.0.1:%2$d; %4$s }
                }
                """.formatted(home, port, System.getProperty("user.name"), serves));
        return run(name, Map.of(), List.of("nginx", "-p", home.toString(), "-c", configuration.toString()));
    }

    /** Waits until what earlier requests have left to do, such as counting them, is done. */
    static void idle(Process process) throws Exception {
        for (int i = 0; i < 60; i++) {
            double before = cpuSeconds(process);
            Thread.sleep(1_000);
            if (cpuSeconds(process) - before < 0.06) {
                return;
            }
        }
        throw new IllegalStateException("it does not come to rest");
    }

    // ---- uploads ------------------------------------------------------------------------------------------------

    void uploads() throws Exception {
        int count = 200;
        byte[] wav = wav(5_000_000);
        Process gateway = gateway();
        String token = token(UUID.randomUUID());
        upload(gatewayPort, token, "first", wav);
        double before = cpuSeconds(catalog) + cpuSeconds(gateway);
        long heap = liveHeap(catalog) + liveHeap(gateway);
        long began = System.nanoTime();
        Semaphore under = new Semaphore(8);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            under.acquire();
            String title = "Upload " + i;
            all.add(CompletableFuture.runAsync(() -> {
                try {
                    upload(gatewayPort, token, title, wav);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    under.release();
                }
            }));
        }
        all.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = cpuSeconds(catalog) + cpuSeconds(gateway) - before;
        System.out.println("| 200 uploads of 5 MB, 8 at once | value |");
        System.out.println("|---|---|");
        row("MB/s", "%.0f".formatted(count * wav.length / 1e6 / seconds));
        row("CPU of gateway and catalog-service an upload, ms", "%.0f".formatted(cpu * 1_000 / count));
        row(
                "live heap of both before and after, MiB",
                heap + " and " + (liveHeap(catalog) + liveHeap(gateway)));
        row("resident at most, MiB", "gateway " + residentPeak(gateway) + ", catalog-service " + residentPeak(catalog));
        System.out.println();
        gateway.destroy();
        gateway.waitFor();
    }

    String upload(int port, String token, String title, byte[] wav) throws Exception {
        String boundary = "cadenza" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream(wav.length + 1_000);
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title + "\r\n--"
                        + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(wav);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/tracks"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return found(Pattern.compile("\"id\":\"([0-9a-f-]{36})\""), answer.body());
    }

    /** Noise, 16 bit, stereo, 44.1 kHz. */
    byte[] wav(int size) {
        ByteBuffer wav = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(size - 8);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 2);
        wav.putInt(44_100).putInt(176_400).putShort((short) 4).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size - 44);
        while (wav.remaining() >= 2) {
            wav.putShort((short) (random.nextGaussian() * 3_000));
        }
        return wav.array();
    }

    // ---- tracks -------------------------------------------------------------------------------------------------

    /** Bodies of musewave's creation, one JSON object each. */
    List<String> tracks(int count) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder title = new StringBuilder(word());
            for (int more = random.nextInt(3); more > 0; more--) {
                title.append(' ').append(word());
            }
            String artist = names.get(random.nextInt(names.size())) + " " + names.get(random.nextInt(names.size()));
            bodies.add(("{\"title\":\"%s %d\",\"artist\":\"%s\",\"artist_slug\":\"%s\",\"genre\":\"%s\",\"mood\":\"%s\","
                            + "\"tags\":[\"%s\",\"%s\"],\"audio_url\":\"https://example.com/%d.mp3\","
                            + "\"audio_file_size\":5242880,\"audio_duration\":240.5,\"audio_format\":\"mp3\",\"published\":true}")
                    .formatted(
                            title,
                            made++,
                            artist,
                            artist.replace(' ', '-'),
                            genres.get(random.nextInt(genres.size())),
                            words.get(random.nextInt(20)),
                            words.get(random.nextInt(200)),
                            words.get(random.nextInt(200)),
                            i));
        }
        return bodies;
    }

    /**
     * One through the API, and the others as documents like it: telling others of each would take long. The
     * service starts again, since nobody tells it of them.
     */
    List<String> seed(List<String> bodies) throws Exception {
        HttpResponse<String> first = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + catalogPort + "/musewave/tracks/create/"))
                        .header("Authorization", "Bearer " + token(UUID.fromString("019fa05e-7c3e-7d53-9f5e-2a5b4c1d0e11")))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(bodies.getFirst()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        UUID like = UUID.fromString(found(Pattern.compile("^\\{\"id\":\"([0-9a-f-]{36})\""), first.body()));
        List<String> ids = new ArrayList<>(List.of(like.toString()));
        try (MongoClient mongo = MongoClients.create("mongodb://127.0.0.1:" + mongoPort)) {
            MongoCollection<BsonDocument> tracks =
                    mongo.getDatabase("cadenza_catalog").getCollection("track", BsonDocument.class);
            BsonDocument one = null;
            while (one == null || one.containsKey("pendingSince")) {
                Thread.sleep(200);
                one = Mono.from(tracks.find(Filters.eq("_id", new BsonBinary(like))).first()).block();
            }
            List<BsonDocument> batch = new ArrayList<>();
            for (int i = 1; i < bodies.size(); i++) {
                BsonDocument body = BsonDocument.parse(bodies.get(i));
                BsonDocument next = one.clone();
                long at = System.currentTimeMillis() + i;
                UUID id = new UUID((at << 16) | 0x7000 | random.nextInt(0x1000), random.nextLong() >>> 2 | 1L << 63);
                ids.add(id.toString());
                next.put("_id", new BsonBinary(id));
                next.put("number", new BsonInt64(1_000_000L + made + i));
                BsonDocument track = next.getDocument("state").getDocument("track");
                track.put("createdAt", new BsonDateTime(at));
                track.put("publishedAt", new BsonDateTime(at));
                BsonDocument details = track.getDocument("details");
                for (String name : List.of("title", "artist", "genre")) {
                    details.put(name, body.get(name));
                }
                details.getDocument("notes").put("tags", body.get("tags"));
                details.getDocument("notes").put("mood", body.get("mood"));
                batch.add(next);
                if (batch.size() == 1_000 || i == bodies.size() - 1) {
                    Mono.from(tracks.insertMany(batch)).block();
                    batch.clear();
                }
            }
        }
        catalog.destroy();
        catalog.waitFor();
        long began = System.nanoTime();
        startCatalog(Map.of());
        String all = "http://127.0.0.1:" + catalogPort + "/api/v1/tracks?limit=1";
        await(all);
        Pattern total = Pattern.compile("\"total\":(\\d+)");
        while (Integer.parseInt(found(total, CLIENT.send(
                                HttpRequest.newBuilder(URI.create(all)).build(), HttpResponse.BodyHandlers.ofString())
                        .body()))
                < made) {
            Thread.sleep(200);
        }
        System.out.printf(
                "Start of catalog-service until all %d tracks are found: %.1f s.%n%n",
                made, (System.nanoTime() - began) / 1e9);
        return ids;
    }

    List<String> vocabulary(int size) {
        String[] consonants = "b c d f g h j k l m n p r s t v w z br cr dr gr st tr sh ch".split(" ");
        String[] vowels = "a e i o u ai ea ou".split(" ");
        List<String> all = new ArrayList<>();
        Random syllables = new Random(size);
        while (all.size() < size) {
            StringBuilder word = new StringBuilder();
            for (int i = 2 + syllables.nextInt(2); i > 0; i--) {
                word.append(consonants[syllables.nextInt(consonants.length)])
                        .append(vowels[syllables.nextInt(vowels.length)]);
            }
            if (!all.contains(word.toString())) {
                all.add(word.toString());
            }
        }
        return all;
    }

    // ---- the measurement ----------------------------------------------------------------------------------------

    /**
     * One run of wrk; CPU in milliseconds a request, of each process that was asked for.
     *
     * @param bytes that were read a request, counting those of requests that had not ended
     */
    record Run(double perSecond, double bytes, double[] cpus, double p50, double p99) {
        double cpu(int process) {
            return cpus[process];
        }

        /** Seconds of CPU for 10^9 bytes. */
        double cpuOfGigabyte(int process) {
            return cpus[process] / 1_000 / bytes * 1e9;
        }
    }

    /** @param rate requests a second; 0 for as many as there can be */
    Run wrk(
            int port,
            List<String> paths,
            int connections,
            int seconds,
            double rate,
            List<Process> measured,
            String... headers)
            throws Exception {
        Path list = Files.write(folder.resolve("paths"), paths);
        Path script = Files.writeString(folder.resolve("paths.lua"), """
                local paths = {}
                for line in io.lines("%s") do paths[#paths + 1] = line end
                local i = 0
                function request() i = i %% #paths + 1; return wrk.format("GET", paths[i]) end
                %s
                """.formatted(list, rate == 0
                        ? ""
                        : "function delay() return math.random(0, " + Math.round(2 * 1_000 * connections / rate)
                                + ") end"));
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "30s", "--latency", "-s",
                script.toString()));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add("http://127.0.0.1:" + port);
        double[] before = new double[measured.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = cpuSeconds(measured.get(i));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || said.contains("Non-2xx")) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + said);
        }
        // one at least: of a long answer there may be none that has ended
        double requests = Math.max(1, Double.parseDouble(found(REQUESTS, said)));
        double[] used = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            used[i] = (cpuSeconds(measured.get(i)) - before[i]) * 1_000 / requests;
        }
        Matcher read = READ.matcher(said);
        if (!read.find()) {
            throw new IllegalStateException(said);
        }
        double bytes = Double.parseDouble(read.group(1))
                * switch (read.group(2)) {
                    case "B" -> 1;
                    case "KB" -> 1 << 10;
                    case "MB" -> 1 << 20;
                    default -> 1 << 30;
                };
        return new Run(requests / seconds, bytes / requests, used, millis(said, "50"), millis(said, "99"));
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

    /** User and system time of a process and its children, such as nginx's workers. */
    static double cpuSeconds(Process process) throws IOException {
        long ticks = 0;
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        for (ProcessHandle handle : all) {
            String stat;
            try {
                stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            } catch (IOException e) {
                // a child that has just ended
                continue;
            }
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / 100.0;
    }

    /** MiB that are in use after a collection. */
    long liveHeap(Process process) throws Exception {
        jcmd(process, "GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd(process, "GC.heap_info"));
        long sum = 0;
        // young and tenured; what comes after them is no heap
        for (int i = 0; i < 2 && used.find(); i++) {
            sum += Long.parseLong(used.group(1));
        }
        return sum / 1_024;
    }

    String jcmd(Process process, String what) throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(java).resolveSibling("jcmd").toString(), "" + process.pid(), what)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static long residentPeak(Process process) throws IOException {
        return Long.parseLong(found(
                        Pattern.compile("VmHWM:\\s+(\\d+) kB"),
                        Files.readString(Path.of("/proc/" + process.pid() + "/status"))))
                / 1_024;
    }

    // ---- small things -------------------------------------------------------------------------------------------

    static String jar(String module, String end) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(module, "target"))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath()
                    .toString();
        }
    }

    static void await(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        for (int i = 0; i < 900; i++) {
            try {
                if (CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not there yet
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(address + " does not answer");
    }

    static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " in " + text);
        }
        return matcher.group(1);
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

    String token(UUID user) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String claims = String.format(
                Locale.ROOT,
                "{\"exp\":%d,\"iat\":%d,\"iss\":\"%s\",\"aud\":\"cadenza\",\"sub\":\"%s\",\"typ\":\"Bearer\","
                        + "\"sid\":\"b7c6a3f2-98a1-4a54-b6d4-3f1e2d4c5b6a\",\"roles\":[\"user\"],\"email_verified\":true,"
                        + "\"number\":42,\"preferred_username\":\"ann\",\"email\":\"ann@example.org\"}",
                now + 86_400,
                now,
                ISSUER,
                user);
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
