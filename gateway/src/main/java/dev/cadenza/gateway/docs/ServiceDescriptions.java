package dev.cadenza.gateway.docs;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks the services for their descriptions, again and again, and hands on what they answer. */
public final class ServiceDescriptions {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDescriptions.class);
    private static final int AT_ONCE = 2;

    private final Map<String, URI> services;
    private final JoinedDocument document;
    private final DocsSettings settings;
    private final WebClient client;
    private final Clock clock;
    private final Scheduler scheduler;

    private final Map<String, Instant> dueAt = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * Knows nothing yet.
     *
     * @param services their addresses
     * @param scheduler for joining
     */
    public ServiceDescriptions(
            Map<String, URI> services,
            JoinedDocument document,
            DocsSettings settings,
            Clock clock,
            Scheduler scheduler) {
        this.services = new TreeMap<>(services);
        this.document = document;
        this.settings = settings;
        this.client = WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize((int) settings.maxSize().toBytes()))
                .build();
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Asks those whose time has come. */
    public Mono<Void> round() {
        return Flux.fromIterable(services.entrySet())
                .filter(service ->
                        !dueAt.getOrDefault(service.getKey(), Instant.MIN).isAfter(clock.instant()))
                .flatMap(service -> ask(service.getKey(), service.getValue()), AT_ONCE)
                .then();
    }

    private Mono<Void> ask(String service, URI address) {
        return client.get()
                .uri(address.resolve("/v3/api-docs"))
                .retrieve()
                .bodyToMono(byte[].class)
                .timeout(settings.timeout())
                .publishOn(scheduler)
                .map(part -> document.take(service, part))
                .doOnNext(taken -> silent.remove(service))
                .defaultIfEmpty(false)
                .onErrorResume(error -> {
                    if (silent.add(service)) {
                        LOG.info("{} does not describe itself now: {}", service, error.toString());
                    }
                    return Mono.just(false);
                })
                .doOnNext(taken ->
                        dueAt.put(service, clock.instant().plus(taken ? settings.refresh() : settings.retry())))
                .then();
    }
}
