package dev.cadenza.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Fetchable;
import dev.cadenza.platform.testing.TestS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

@NullUnmarked // block() is nullable, and a test that meets null fails as it should
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreIT {

    @TempDir
    Path folder = Path.of("");

    private final String home = "it/" + UUID.randomUUID() + "/";
    private S3ObjectStore store = new S3ObjectStore(settings(URI.create("http://127.0.0.1:1")));

    StorageSettings settings() {
        return settings(URI.create(TestS3.endpoint()));
    }

    static StorageSettings settings(URI endpoint) {
        return new StorageSettings(
                endpoint,
                null,
                TestS3.accessKey(),
                TestS3.secretKey(),
                TestS3.bucket(),
                "us-east-1",
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                8);
    }

    @BeforeAll
    void connect() {
        store.close();
        store = new S3ObjectStore(settings());
        store.ensureBucket().block();
    }

    @AfterEach
    void leaveNothing() {
        store.deletePrefix(home, key -> true).block();
    }

    @AfterAll
    void disconnect() {
        store.close();
    }

    @Test
    void keepsBytesTypeAndFactsOfAFile() throws IOException {
        Instant before = Instant.now().minusSeconds(5);
        Path file = file("hello.txt", "hello, store".getBytes());

        StoredObject stored = store.put(home + "a.txt", file, "text/plain", Map.of("origin", "test"))
                .block();

        assertThat(stored).isEqualTo(store.stat(home + "a.txt").block());
        assertThat(stored.key()).isEqualTo(home + "a.txt");
        assertThat(stored.size()).isEqualTo(12);
        assertThat(stored.contentType()).isEqualTo("text/plain");
        assertThat(stored.etag()).isNotEmpty().doesNotContain("\"");
        assertThat(stored.lastModified()).isAfter(before);
        assertThat(store.metadata(home + "a.txt").block()).containsEntry("origin", "test");
        assertThat(bytes(store.read(home + "a.txt", 0, 12))).isEqualTo("hello, store".getBytes());
        assertThat(bytes(store.read(home + "a.txt", 7, 5))).isEqualTo("store".getBytes());
        assertThat(bytes(store.read(home + "a.txt", 7, 0))).isEmpty();
    }

    @Test
    void replacesAnObject() throws IOException {
        store.put(home + "a", file("1", new byte[10]), "audio/wav").block();
        String first = store.stat(home + "a").block().etag();
        store.put(home + "a", file("2", new byte[20]), "audio/mpeg").block();

        StoredObject second = store.stat(home + "a").block();
        assertThat(second.size()).isEqualTo(20);
        assertThat(second.contentType()).isEqualTo("audio/mpeg");
        assertThat(second.etag()).isNotEqualTo(first);
    }

    @Test
    void keepsAnEmptyFile() throws IOException {
        assertThat(store.put(home + "empty", file("empty", new byte[0]), "audio/wav")
                        .block()
                        .size())
                .isZero();
        assertThat(Files.size(
                        store.download(home + "empty", folder.resolve("out")).block()))
                .isZero();
    }

    @Test
    void answersAbsenceWithoutFailingOrWithNotFound() {
        assertThat(store.stat(home + "nothing").blockOptional()).isEmpty();
        assertThat(store.metadata(home + "nothing").blockOptional()).isEmpty();
        store.delete(home + "nothing").block();
        assertThat(store.list(home).collectList().block()).isEmpty();
        assertThat(store.deletePrefix(home, key -> true).block()).isZero();
        assertThat(failureOf(() -> bytes(store.read(home + "nothing", 0, 10)))).isInstanceOf(Failure.NotFound.class);
        Path target = folder.resolve("target");
        assertThat(failureOf(() -> store.download(home + "nothing", target).block()))
                .isInstanceOf(Failure.NotFound.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesARangeThatDoesNotExist() throws IOException {
        store.put(home + "a", file("1", new byte[10]), "audio/wav").block();
        assertThat(failureOf(() -> bytes(store.read(home + "a", 10, 5)))).isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void movesALargeFileInSmallPieces() throws IOException {
        Path file = folder.resolve("large");
        byte[] piece = new byte[1 << 20];
        Random random = new Random(7);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 20; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
            out.write(1);
        }

        StoredObject stored = store.put(home + "large", file, "audio/flac").block();
        assertThat(stored.size()).isEqualTo(20 * (1 << 20) + 1);

        Path copy = folder.resolve("copy");
        try (OutputStream out = Files.newOutputStream(copy)) {
            store.read(home + "large", 0, stored.size())
                    .doOnNext(chunk -> {
                        assertThat(chunk.remaining()).isBetween(1, 64 * 1024);
                        write(out, chunk);
                    })
                    .blockLast();
        }
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
        Files.delete(copy);
        store.download(home + "large", copy).block();
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
        await().untilAsserted(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void readsOnlyWhatIsAskedForAndClosesTheConnectionWhenTheReaderGoesAway() throws IOException {
        store.put(home + "long", file("long", new byte[30 << 20]), "audio/wav").block();
        for (int i = 0; i < 20; i++) {
            AtomicLong seen = new AtomicLong();
            BaseSubscriber<ByteBuffer> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    request(3);
                }

                @Override
                protected void hookOnNext(ByteBuffer chunk) {
                    seen.incrementAndGet();
                }
            };
            store.read(home + "long", 0, 30 << 20).subscribe(reader);
            await().until(() -> seen.get() >= 3);
            assertThat(seen).hasValue(3);
            reader.cancel();
        }
        await().untilAsserted(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void closesTheConnectionOfAReaderThatGoesAwayAtOnce() throws IOException {
        store.put(home + "long", file("long", new byte[8 << 20]), "audio/wav").block();
        for (int i = 0; i < 40; i++) {
            store.read(home + "long", 0, 8 << 20)
                    .take(Duration.ofMillis(i))
                    .onErrorComplete()
                    .blockLast();
        }
        await().untilAsserted(() -> assertThat(store.openConnections()).isZero());
        assertThat(bytes(store.read(home + "long", 0, 100))).hasSize(100);
    }

    @Test
    void servesMoreReadersAtOnceThanItHasThreads() throws IOException {
        store.put(home + "shared", file("shared", new byte[1 << 20]), "audio/wav")
                .block();
        List<Long> sizes = Flux.range(0, 30)
                .flatMap(
                        i -> store.read(home + "shared", 0, 1 << 20)
                                .map(chunk -> (long) chunk.remaining())
                                .reduce(0L, Long::sum),
                        30)
                .collectList()
                .block();
        assertThat(sizes).hasSize(30).containsOnly(1L << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.wav",
                "quo\"te's.wav",
                "a+b&c=d?e#f.wav",
                "100%25.wav",
                "Größe 音楽.wav",
                "semi;colon,comma",
                "back\\slash",
                "trailing.",
                "..hidden",
                "<tag>"
            })
    void keepsOddNames(String name) throws IOException {
        String key = home + "odd/" + name;
        store.put(key, file("odd", new byte[] {1, 2, 3}), "audio/wav").block();
        assertThat(store.stat(key).block().size()).isEqualTo(3);
        assertThat(bytes(store.read(key, 1, 2))).containsExactly(2, 3);
        assertThat(store.list(home + "odd/")
                        .map(StoredObject::key)
                        .collectList()
                        .block())
                .containsExactly(key);
        assertThat(store.deletePrefix(home + "odd/", key::equals).block()).isEqualTo(1);
        assertThat(store.stat(key).blockOptional()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/../b", "..", "./a", "a\nb", "a\u0000b"})
    void refusesKeysThatCouldLeaveTheBucket(String key) {
        assertThatThrownBy(() -> store.stat(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.put(key, folder, "audio/wav")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsAndSweepsMoreThanAPage() throws IOException {
        Path file = file("one", new byte[] {1});
        Flux.range(0, 1030)
                .flatMap(i -> store.put(home + "many/" + "%04d".formatted(i), file, "audio/wav"), 8)
                .blockLast();
        store.put(home + "manyother", file, "audio/wav").block();

        assertThat(store.list(home + "many/")
                        .map(StoredObject::key)
                        .collectList()
                        .block())
                .containsExactlyElementsOf(IntStream.range(0, 1030)
                        .mapToObj(i -> home + "many/" + "%04d".formatted(i))
                        .toList());
        assertThat(store.deletePrefix(home + "many/", key -> !key.endsWith("7")).block())
                .isEqualTo(927);
        assertThat(store.list(home).count().block()).isEqualTo(104);
    }

    @Test
    void tellsWhoseObjectsAreOld() throws IOException {
        Path file = Files.writeString(folder.resolve("owned"), "x");
        UUID folders = UUID.randomUUID();
        UUID named = UUID.randomUUID();
        for (String name :
                List.of(folders + "/1", folders + "/2", named + "-small", "short", "no id at all, " + named)) {
            store.put(home + "owned/" + name, file, "text/plain").block();
        }
        assertThat(store.idsStoredBefore(home + "owned/", Instant.now().plusSeconds(60))
                        .collectList()
                        .block())
                .containsExactlyInAnyOrder(folders, named);
        assertThat(store.idsStoredBefore(home + "owned/", Instant.now().minusSeconds(60))
                        .collectList()
                        .block())
                .isEmpty();
    }

    @Test
    void signsAnAddressThatNeedsNoIdentity() throws Exception {
        store.put(home + "signed", file("1", "signed".getBytes()), "text/plain").block();
        URI address =
                store.presign(home + "signed", Duration.ofMinutes(1), null).block();
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Range", "bytes=0-2");
        assertThat(connection.getResponseCode()).isEqualTo(206);
        try (InputStream content = connection.getInputStream()) {
            assertThat(content.readAllBytes()).isEqualTo("sig".getBytes());
        }
    }

    @Test
    void whatIsReadCanBeFetchedFromTheStoreInstead() throws Exception {
        store.put(home + "fetched", file("1", "fetched".getBytes()), "audio/wav")
                .block();
        Flux<ByteBuffer> bytes = store.read(home + "fetched", 2, 3);
        assertThat(bytes).isInstanceOf(Fetchable.class);
        Fetchable there = (Fetchable) bytes;
        assertThat(there.origin()).isEqualTo(TestS3.endpoint());
        assertThat(there.address().toString()).startsWith(TestS3.endpoint() + "/");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(there.address())
                                .header("Range", "bytes=2-4")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("tch");
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> store.put(home + "a", folder.resolve("missing"), "audio/wav")
                        .block())
                .hasMessageContaining("missing")
                .isNotInstanceOf(FailureException.class);
    }

    @Test
    void failsAsUnavailableWhileNothingAnswersAndRecovers() throws IOException {
        try (S3ObjectStore dead = new S3ObjectStore(settings(URI.create("http://127.0.0.1:1")))) {
            Path file = file("1", new byte[10]);
            for (int i = 0; i < 8; i++) {
                assertThat(failureOf(() -> dead.stat("a").block())).isInstanceOf(Failure.Unavailable.class);
            }
            assertThat(failureOf(() -> dead.put("a", file, "audio/wav").block()))
                    .isInstanceOf(Failure.Unavailable.class);
            assertThat(failureOf(() -> dead.read("a", 0, 1).blockLast())).isInstanceOf(Failure.Unavailable.class);
            assertThat(failureOf(() -> dead.delete("a").block())).isInstanceOf(Failure.Unavailable.class);
            assertThat(failureOf(() -> dead.list("a").blockLast())).isInstanceOf(Failure.Unavailable.class);
            assertThat(failureOf(() -> dead.reachable().block())).isInstanceOf(Failure.Unavailable.class);
        }
    }

    @Test
    void signsForTheAddressUnderWhichClientsReachTheStore() throws Exception {
        StorageSettings told = settings();
        URI known = URI.create("http://localhost:" + told.endpoint().getPort());
        store.put(home + "shown", file("7", new byte[] {1, 2, 3}), "audio/wav").block();
        try (S3ObjectStore shown = new S3ObjectStore(new StorageSettings(
                told.endpoint(),
                known,
                told.accessKey(),
                told.secretKey(),
                told.bucket(),
                told.region(),
                told.connectTimeout(),
                told.idleTimeout(),
                told.callTimeout(),
                4))) {
            URI address = shown.presign(home + "shown", Duration.ofMinutes(1), "attachment; filename=\"a.wav\"")
                    .block();
            assertThat(address.toString()).startsWith(known + "/");
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).containsExactly(1, 2, 3);
            assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"a.wav\"");
        }
    }

    @Test
    void createsAMissingBucketWhenSomethingIsPut() throws IOException {
        StorageSettings told = settings();
        String bucket = "b" + UUID.randomUUID();
        try (S3ObjectStore fresh = new S3ObjectStore(new StorageSettings(
                told.endpoint(),
                null,
                told.accessKey(),
                told.secretKey(),
                bucket,
                told.region(),
                told.connectTimeout(),
                told.idleTimeout(),
                told.callTimeout(),
                4))) {
            assertThat(fresh.reachable().block()).isFalse();
            assertThat(fresh.list("").collectList().block()).isEmpty();
            assertThat(fresh.stat("a").blockOptional()).isEmpty();
            fresh.put("a", file("1", new byte[10]), "audio/wav").block();
            assertThat(fresh.stat("a").block().size()).isEqualTo(10);
            assertThat(fresh.reachable().block()).isTrue();
            fresh.ensureBucket().block();
            fresh.delete("a").block();
        }
    }

    @Test
    void servesCodeThatOwnsItsThread() throws IOException {
        BlockingObjectStore blocking = new BlockingObjectStore(store);
        blocking.put(home + "b", file("1", new byte[10]), "audio/wav");
        assertThat(blocking.stat(home + "b"))
                .hasValueSatisfying(found -> assertThat(found.size()).isEqualTo(10));
        assertThat(blocking.stat(home + "c")).isEmpty();
        assertThat(blocking.download(home + "b", folder.resolve("d"))).hasSize(10);
        assertThat(failureOf(() -> blocking.download(home + "c", folder.resolve("e"))))
                .isInstanceOf(Failure.NotFound.class);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] bytes(Flux<ByteBuffer> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.doOnNext(chunk -> write(out, chunk)).blockLast();
        return out.toByteArray();
    }

    private static void write(OutputStream out, ByteBuffer chunk) {
        try {
            out.write(Arrays.copyOfRange(
                    chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.arrayOffset() + chunk.limit()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Failure failureOf(ThrowingCallable call) {
        try {
            call.call();
        } catch (FailureException e) {
            return e.failure();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return null;
    }
}
