package dev.cadenza.gateway.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * {@code gateway.requests}: how many and how long, by route, method, class of the status and service. Labels come from
 * the route table, never from clients: what matches no row is one label.
 */
public final class RequestMetrics implements Watcher {

    private static final String NONE = "none";
    private static final Duration[] STEPS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry meters;
    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

    /** Registers with {@code meters}. */
    public RequestMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void saw(Visit visit) {
        Labels labels = new Labels(visit.route(), visit.service(), method(visit), visit.status() / 100);
        timers.computeIfAbsent(labels, this::timer).record(visit.nanos(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Labels labels) {
        return Timer.builder("gateway.requests")
                .description("Requests of the public port")
                .tag("route", labels.route() == null ? NONE : labels.route())
                .tag("service", labels.service() == null ? NONE : labels.service())
                .tag("method", labels.method())
                .tag("status", labels.statusClass() + "xx")
                .serviceLevelObjectives(STEPS)
                .register(meters);
    }

    private static String method(Visit visit) {
        for (HttpMethod known : HttpMethod.values()) {
            if (known.name().equals(visit.method())) {
                return visit.method();
            }
        }
        return "other";
    }

    private record Labels(@Nullable String route, @Nullable String service, String method, int statusClass) {}
}
