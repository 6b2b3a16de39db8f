package dev.cadenza.platform.jobs;

import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.connection.TransportSettings;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.Aggregates;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.UuidRepresentation;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Mono;

/** A service with jobs and its workers: its own topics and database, instances come and go. */
final class JobsStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    /** For all instances, and as long as the tests run. */
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("jobs-test-database", true), NioIoHandler.newFactory());

    /** What an engine does; may block. */
    interface Script {
        Map<String, Object> run(JobContext context) throws Exception;
    }

    /** An engine whose behaviour the test decides, per job. */
    static final class Engine implements JobHandler {

        final List<String> started = new CopyOnWriteArrayList<>();
        final List<JobContext> contexts = new CopyOnWriteArrayList<>();
        final Map<String, Script> scripts = new ConcurrentHashMap<>();
        private final ConcurrentSkipListSet<String> objects;

        Engine(ConcurrentSkipListSet<String> objects) {
            this.objects = objects;
        }

        @Override
        public String kind() {
            return "test.play";
        }

        @Override
        public Map<String, Object> run(JobContext context) throws JobFailedException, IOException {
            String script = context.parameters().get("script").asString();
            contexts.add(context);
            started.add(script);
            objects.add(context.objectPrefix() + "out.wav");
            try {
                return scripts.getOrDefault(script, JobsStage::result).run(context);
            } catch (RuntimeException | JobFailedException | IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    static Map<String, Object> result(JobContext context) {
        return Map.of("file", context.objectPrefix() + "out.wav", "seconds", 60);
    }

    /** Works until it is told to end. */
    static Map<String, Object> endless(JobContext context) {
        for (int i = 0; ; i++) {
            context.checkCancelled();
            context.progress(Math.min(i, 90), "playing");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Api {

        @Bean
        AggregateCollection<Piece, Piece.Event> pieces(Aggregates aggregates, Environment environment) {
            return aggregates.collection(Piece.definition(environment.getRequiredProperty("cadenza.jobs.service")));
        }

        @Bean
        Piece.Source pieceJobs(AggregateCollection<Piece, Piece.Event> pieces) {
            return new Piece.Source(pieces);
        }
    }

    final String service = "t" + UUID.randomUUID().toString().substring(0, 8);
    final ConcurrentSkipListSet<String> objects = new ConcurrentSkipListSet<>();
    private final Deque<ConfigurableApplicationContext> open = new ArrayDeque<>();
    private final String mongo;
    private final String kafka;
    private final Path work;

    JobsStage(String mongo, String kafka) {
        this.mongo = mongo;
        this.kafka = kafka;
        try {
            this.work = Files.createTempDirectory("jobs-test");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Path work() {
        return work;
    }

    ConfigurableApplicationContext api(String... properties) {
        return start(
                Api.class,
                List.of(
                        "cadenza.role=api",
                        "spring.mongodb.uri=" + mongo,
                        "cadenza.events.relay.poll=100ms",
                        "cadenza.events.relay.lease=2s",
                        "cadenza.events.consumer.back-off=20ms"),
                properties,
                "jobObjects",
                JobObjects.class,
                (prefix, which) -> Mono.fromCallable(() -> {
                    List<String> gone = objects.stream()
                            .filter(key -> key.startsWith(prefix) && which.test(key))
                            .toList();
                    gone.forEach(objects::remove);
                    return (long) gone.size();
                }));
    }

    Engine worker(String... properties) {
        Engine engine = new Engine(objects);
        worker(engine, properties);
        return engine;
    }

    ConfigurableApplicationContext worker(Engine engine, String... properties) {
        return start(
                Application.class,
                List.of(
                        "cadenza.role=worker",
                        "cadenza.jobs.work-directory=" + work,
                        "cadenza.jobs.retry-backoff=50ms",
                        "cadenza.jobs.shutdown=3s"),
                properties,
                "engine",
                JobHandler.class,
                engine);
    }

    private <T> ConfigurableApplicationContext start(
            Class<?> beans, List<String> role, String[] properties, String name, Class<T> type, T bean) {
        List<String> all = new ArrayList<>(List.of(
                "spring.kafka.bootstrap-servers=" + kafka,
                "cadenza.jobs.service=" + service,
                "spring.main.banner-mode=off",
                "spring.main.log-startup-info=false"));
        all.addAll(role);
        all.addAll(Arrays.asList(properties));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, beans)
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .initializers(application -> {
                    GenericApplicationContext registry = (GenericApplicationContext) application;
                    registry.registerBean(name, type, () -> bean);
                    if (beans == Api.class) {
                        registry.registerBean(MongoClientSettings.class, this::database);
                    }
                })
                .run();
        synchronized (open) {
            open.push(context);
        }
        return context;
    }

    /** Like Spring Boot's own, without event loops that take two seconds of every shutdown. */
    private MongoClientSettings database() {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .transportSettings(
                        TransportSettings.nettyBuilder().eventLoopGroup(LOOPS).build())
                .build();
    }

    void close(ConfigurableApplicationContext context) {
        context.close();
        synchronized (open) {
            open.remove(context);
        }
    }

    /** Leaves the service alone. */
    void closeWorkers() {
        List<ConfigurableApplicationContext> workers;
        synchronized (open) {
            workers = open.stream()
                    .filter(context -> context.getBeanProvider(JobWorker.class).getIfAvailable() != null)
                    .toList();
        }
        workers.parallelStream().forEach(this::close);
    }

    @SuppressWarnings("unchecked") // beans by name have no type arguments
    static AggregateCollection<Piece, Piece.Event> pieces(ConfigurableApplicationContext api) {
        return api.getBean("pieces", AggregateCollection.class);
    }

    static UUID ask(ConfigurableApplicationContext api, UUID owner, String script) {
        UUID id = UUID.randomUUID();
        get(pieces(api).insert(id, Piece.asked(owner, script)));
        return id;
    }

    static Versioned<Piece> piece(ConfigurableApplicationContext api, UUID id) {
        return get(pieces(api).find(id));
    }

    static Piece awaitStatus(ConfigurableApplicationContext api, UUID id, JobStatus status) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> piece(api, id).state().job().status() == status);
        return piece(api, id).state();
    }

    static <T> T get(Mono<T> mono) {
        return mono.blockOptional(Duration.ofSeconds(20)).orElseThrow();
    }

    @Override
    public void close() {
        List<ConfigurableApplicationContext> all;
        synchronized (open) {
            all = List.copyOf(open);
            open.clear();
        }
        all.forEach(ConfigurableApplicationContext::close);
        try {
            FileSystemUtils.deleteRecursively(work);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
