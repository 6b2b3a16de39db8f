package dev.cadenza.platform.storage;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Fetchable;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.minio.BucketExistsArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Contents;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Objects in one bucket of an S3 server, through the MinIO client. */
final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
    private static final int CHUNK = 64 * 1024;
    /** Larger files go in parts: some servers hold a signed part in memory while they check it. */
    private static final long PART = 16L * 1024 * 1024;

    private static final int DELETE_AT_ONCE = 1000;
    private static final Duration LONGEST_SIGNATURE = Duration.ofDays(7);
    /** It is fetched at once; clocks may differ. */
    private static final Duration FETCHABLE_FOR = Duration.ofMinutes(5);

    private final StorageSettings settings;
    private final OkHttpClient http;
    private final MinioAsyncClient client;
    /** Signs addresses for clients; sends nothing. */
    private final MinioAsyncClient signer;

    private final Scheduler scheduler;
    private final CircuitBreaker breaker;

    S3ObjectStore(StorageSettings settings) {
        this.settings = settings;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.threads());
        // the client's own limit of 5 calls a host would make uploads wait for downloads
        dispatcher.setMaxRequestsPerHost(settings.threads());
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.idleTimeout())
                .writeTimeout(settings.idleTimeout())
                .build();
        this.client = client(settings.endpoint());
        this.signer = settings.publicEndpoint() == null ? client : client(settings.publicEndpoint());
        this.scheduler = Schedulers.newBoundedElastic(settings.threads(), 10_000, "object-store", 30, true);
        this.breaker = CircuitBreaker.of(
                "object-store",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(5)
                        .waitDurationInOpenState(Duration.ofSeconds(3))
                        .slowCallDurationThreshold(Duration.ofHours(1))
                        .recordException(S3ObjectStore::unavailable)
                        .ignoreException(e -> !unavailable(e))
                        .build());
    }

    private MinioAsyncClient client(URI endpoint) {
        return MinioAsyncClient.builder()
                .endpoint(endpoint.toString())
                .credentials(settings.accessKey(), settings.secretKey())
                .region(settings.region())
                .httpClient(http)
                .build();
    }

    @Override
    public Mono<StoredObject> put(String key, Path file, String contentType, Map<String, String> metadata) {
        checkKey(key);
        Mono<Void> upload = call(() -> {
                    if (!Files.isRegularFile(file)) {
                        throw new UncheckedIOException(new NoSuchFileException(file.toString()));
                    }
                    return client.uploadObject(UploadObjectArgs.builder()
                            .bucket(settings.bucket())
                            .object(key)
                            .filename(file.toString(), PART)
                            .contentType(contentType)
                            .userMetadata(metadata)
                            .build());
                })
                .then();
        return upload.onErrorResume(
                        S3ObjectStore::bucketMissing, e -> ensureBucket().then(upload))
                .onErrorMap(this::failure)
                .then(Mono.defer(() -> stat(key)));
    }

    @Override
    public Mono<StoredObject> stat(String key) {
        return head(key)
                .map(found -> new StoredObject(
                        key,
                        found.size(),
                        unquoted(found.etag()),
                        contentType(found.contentType()),
                        instant(found.lastModified())));
    }

    @Override
    public Mono<Map<String, String>> metadata(String key) {
        return head(key).map(found -> {
            Map<String, String> facts = new TreeMap<>();
            Http.Headers stored = found.userMetadata();
            if (stored != null) {
                for (Map.Entry<String, String> entry : stored) {
                    String name = entry.getKey().toLowerCase(java.util.Locale.ROOT);
                    facts.put(
                            name.startsWith("x-amz-meta-") ? name.substring("x-amz-meta-".length()) : name,
                            entry.getValue());
                }
            }
            return facts;
        });
    }

    private Mono<StatObjectResponse> head(String key) {
        checkKey(key);
        return shortCall(() -> client.statObject(StatObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(key)
                        .build()))
                .onErrorResume(S3ObjectStore::absent, e -> Mono.empty())
                .onErrorMap(this::failure);
    }

    @Override
    public Flux<ByteBuffer> read(String key, long offset, long length) {
        checkKey(key);
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("offset " + offset + ", length " + length);
        }
        if (length == 0) {
            return Flux.empty();
        }
        GetObjectArgs args = GetObjectArgs.builder()
                .bucket(settings.bucket())
                .object(key)
                .offset(offset)
                .length(length)
                .build();
        Flux<ByteBuffer> bytes = Flux.using(
                        () -> new Transfer(args),
                        transfer -> transfer.open()
                                .thenMany(Flux.generate(
                                                () -> new Reading(transfer.take(), length),
                                                (Reading reading, SynchronousSink<ByteBuffer> sink) ->
                                                        reading.next(sink),
                                                reading -> close(reading.content))
                                        .subscribeOn(scheduler)),
                        Transfer::abandon)
                .onErrorMap(this::failure);
        return new ObjectBytes(
                bytes, Fetchable.originOf(settings.endpoint()), () -> signed(client, key, FETCHABLE_FOR, Map.of()));
    }

    @Override
    public Mono<Void> delete(String key) {
        checkKey(key);
        return shortCall(() -> client.removeObject(RemoveObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(key)
                        .build()))
                .onErrorResume(S3ObjectStore::absent, e -> Mono.empty())
                .onErrorMap(this::failure);
    }

    @Override
    public Mono<Long> deletePrefix(String prefix, Predicate<String> which) {
        return list(prefix)
                .map(StoredObject::key)
                .filter(which)
                .buffer(DELETE_AT_ONCE)
                .concatMap(this::deleteAll, 1)
                .reduce(0L, Long::sum);
    }

    private Mono<Long> deleteAll(List<String> keys) {
        return shortCall(() -> client.deleteObjects(DeleteObjectsArgs.builder()
                        .bucket(settings.bucket())
                        .objects(keys.stream().map(DeleteRequest.Object::new).toList())
                        .quiet(true)
                        .build()))
                .map(answer -> {
                    List<DeleteResult.Error> errors = answer.result().errors();
                    if (!errors.isEmpty()) {
                        LOG.warn("{} objects were not deleted, first: {}", errors.size(), errors.getFirst());
                        throw unavailableFailure();
                    }
                    return (long) keys.size();
                })
                .onErrorMap(this::failure);
    }

    @Override
    public Flux<StoredObject> list(String prefix) {
        return page(prefix, null)
                .expand(page -> page.isTruncated() && page.nextContinuationToken() != null
                        ? page(prefix, page.nextContinuationToken())
                        : Mono.empty())
                .concatMapIterable(ListBucketResultV2::contents, 1)
                .map(S3ObjectStore::listed)
                .onErrorMap(this::failure);
    }

    private Mono<ListBucketResultV2> page(String prefix, @Nullable String token) {
        return shortCall(() -> {
                    ListObjectsV2Args.Builder args = ListObjectsV2Args.builder()
                            .bucket(settings.bucket())
                            .prefix(prefix)
                            .maxKeys(DELETE_AT_ONCE);
                    if (token != null) {
                        args.continuationToken(token);
                    }
                    return client.listObjectsV2(args.build());
                })
                .map(answer -> answer.result())
                .onErrorResume(S3ObjectStore::bucketMissing, e -> Mono.empty());
    }

    @Override
    public Mono<Path> download(String key, Path target) {
        checkKey(key);
        GetObjectArgs args =
                GetObjectArgs.builder().bucket(settings.bucket()).object(key).build();
        return Mono.using(
                        () -> new Transfer(args),
                        transfer -> transfer.open()
                                .then(Mono.fromCallable(() -> copy(transfer.take(), target))
                                        .subscribeOn(scheduler)),
                        Transfer::abandon)
                .onErrorMap(this::failure);
    }

    private static Path copy(InputStream content, Path target) throws IOException {
        try (content) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    @Override
    public Mono<URI> presign(String key, Duration validFor, @Nullable String disposition) {
        checkKey(key);
        if (!validFor.isPositive() || validFor.compareTo(LONGEST_SIGNATURE) > 0) {
            throw new IllegalArgumentException("valid for " + validFor);
        }
        Map<String, String> parameters =
                disposition == null ? Map.of() : Map.of("response-content-disposition", disposition);
        return Mono.fromCallable(() -> signed(signer, key, validFor, parameters));
    }

    /** Asks nobody: the region is known. */
    private URI signed(MinioAsyncClient client, String key, Duration validFor, Map<String, String> parameters) {
        try {
            return URI.create(client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(settings.bucket())
                    .object(key)
                    .expiry((int) Math.max(1, validFor.toSeconds()))
                    .extraQueryParams(parameters)
                    .build()));
        } catch (MinioException e) {
            throw new IllegalStateException("signing an address", e);
        }
    }

    /** Creates the bucket where it is missing. */
    Mono<Void> ensureBucket() {
        return Mono.fromFuture(() -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(settings.bucket()).build()))
                .flatMap(exists -> exists
                        ? Mono.empty()
                        : Mono.fromFuture(() -> client.makeBucket(MakeBucketArgs.builder()
                                        .bucket(settings.bucket())
                                        .build()))
                                .onErrorResume(S3ObjectStore::bucketThere, e -> Mono.empty()))
                .subscribeOn(scheduler)
                .timeout(settings.callTimeout())
                .onErrorMap(this::failure)
                .then();
    }

    /** Whether the bucket can be reached; fails where the store does not answer. */
    Mono<Boolean> reachable() {
        return Mono.fromFuture(() -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(settings.bucket()).build()))
                .subscribeOn(scheduler)
                .timeout(settings.connectTimeout())
                .onErrorMap(this::failure);
    }

    /** Connections that are in use at the moment. */
    int openConnections() {
        return http.connectionPool().connectionCount() - http.connectionPool().idleConnectionCount();
    }

    @Override
    public void close() {
        scheduler.dispose();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** A call that moves content, bounded by the idle timeout of the connection only. */
    private <T> Mono<T> call(Callable<CompletableFuture<T>> start) {
        return guarded(start, Duration.ofDays(1));
    }

    private <T> Mono<T> shortCall(Callable<CompletableFuture<T>> start) {
        return guarded(start, settings.callTimeout());
    }

    private <T> Mono<T> guarded(Callable<CompletableFuture<T>> start, Duration limit) {
        // the client looks at files and computes hashes before it sends: not on the caller's thread
        return Mono.defer(() -> {
                    try {
                        // not cancelled with the caller: an answer that comes later must still be closed
                        return Mono.fromFuture(start.call(), true);
                    } catch (Exception e) {
                        return Mono.error(e);
                    }
                })
                .subscribeOn(scheduler)
                .timeout(limit)
                .onErrorMap(S3ObjectStore::unwrapped)
                .transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private void close(InputStream content) {
        // closing may read a little of what is left, to keep the connection: not on the caller's thread either
        Runnable close = () -> {
            try {
                content.close();
            } catch (IOException e) {
                LOG.debug("closing an object's content", e);
            }
        };
        try {
            scheduler.schedule(close);
        } catch (RejectedExecutionException e) {
            close.run();
        }
    }

    /** A download whose content belongs to this object until somebody takes it. */
    private final class Transfer {

        private final GetObjectArgs args;
        private @Nullable GetObjectResponse content;
        private boolean abandoned;

        Transfer(GetObjectArgs args) {
            this.args = args;
        }

        Mono<Void> open() {
            return call(() -> client.getObject(args).thenAccept(this::arrived)).then();
        }

        private synchronized void arrived(GetObjectResponse response) {
            if (abandoned) {
                close(response);
            } else {
                content = response;
            }
        }

        synchronized InputStream take() {
            GetObjectResponse taken = content;
            if (taken == null) {
                throw new IllegalStateException("nothing to take");
            }
            content = null;
            return taken;
        }

        synchronized void abandon() {
            abandoned = true;
            if (content != null) {
                close(content);
                content = null;
            }
        }
    }

    private static final class Reading {

        final InputStream content;
        private long left;

        Reading(InputStream content, long length) {
            this.content = content;
            this.left = length;
        }

        Reading next(SynchronousSink<ByteBuffer> sink) {
            try {
                byte[] chunk = content.readNBytes((int) Math.min(CHUNK, left));
                left -= chunk.length;
                if (chunk.length > 0) {
                    sink.next(ByteBuffer.wrap(chunk));
                }
                if (left == 0 || chunk.length == 0) {
                    sink.complete();
                }
            } catch (IOException e) {
                sink.error(e);
            }
            return this;
        }
    }

    private static StoredObject listed(Contents found) {
        return new StoredObject(
                found.objectName(),
                found.size(),
                unquoted(found.etag()),
                "application/octet-stream",
                instant(found.lastModified()));
    }

    /** Keys are paths on some servers: what could leave the bucket there is refused here. */
    private static void checkKey(String key) {
        boolean fine = !key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= 1024;
        for (String segment : key.split("/", -1)) {
            fine &= !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
        }
        if (!fine || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not an object key");
        }
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static String contentType(@Nullable String told) {
        return told == null ? "application/octet-stream" : told;
    }

    private static Instant instant(@Nullable ZonedDateTime told) {
        return told == null ? Instant.EPOCH : told.toInstant();
    }

    private Throwable failure(Throwable thrown) {
        Throwable e = unwrapped(thrown);
        if (e instanceof FailureException) {
            return e;
        }
        if (absent(e)) {
            return Failure.notFound("object.not_found", "There is no such object.");
        }
        if (e instanceof ErrorResponseException answer && answer.response().code() == 416) {
            return Failure.invalid("object.range", "The object has no such range.");
        }
        if (e instanceof CallNotPermittedException) {
            LOG.debug("object store: {}", e.getMessage());
            return unavailableFailure();
        }
        if (unavailable(e) || e instanceof MinioException) {
            LOG.warn("object store at {}: {}", settings.endpoint(), e.toString());
            return unavailableFailure();
        }
        return e;
    }

    private static FailureException unavailableFailure() {
        return Failure.unavailable("storage.unavailable", "The object store does not answer at the moment.", 5);
    }

    private static Throwable unwrapped(Throwable e) {
        while (e instanceof CompletionException && e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }

    private static boolean absent(Throwable thrown) {
        return unwrapped(thrown) instanceof ErrorResponseException answer
                && (answer.response().code() == 404
                        || answer.errorResponse().code().startsWith("NoSuch"));
    }

    private static boolean bucketMissing(Throwable thrown) {
        return unwrapped(thrown) instanceof ErrorResponseException answer
                && "NoSuchBucket".equals(answer.errorResponse().code());
    }

    private static boolean bucketThere(Throwable thrown) {
        return unwrapped(thrown) instanceof ErrorResponseException answer
                && answer.errorResponse().code().startsWith("BucketAlready");
    }

    /** Whether the store, and not the request, is at fault. */
    private static boolean unavailable(Throwable thrown) {
        Throwable e = unwrapped(thrown);
        if (e instanceof ErrorResponseException answer) {
            return answer.response().code() >= 500;
        }
        return e instanceof MinioException
                || e instanceof IOException
                || e instanceof TimeoutException
                || e instanceof RejectedExecutionException;
    }
}
