package dev.cadenza.auth.attempt;

import dev.cadenza.auth.secret.Sha256;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes those wait who failed too often. A known device of an account has a door of its own, which nobody elsewhere can
 * close; everybody else shares the account's door and the one of their network. Whoever is right while a door closes is
 * refused like whoever is wrong: else the last of many guesses at once would still be worth making.
 */
@Component
public class Doorkeeper {

    /** Code of the refusal. */
    public static final String TOO_MANY = "login.too_many";

    private static final int AGENT_DIGITS = 16;

    private final Doors doors;
    private final KnownDevices devices;
    private final AttemptSettings settings;
    private final Clock clock;

    Doorkeeper(Doors doors, KnownDevices devices, AttemptSettings settings, Clock clock) {
        this.doors = doors;
        this.devices = devices;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Lets somebody try; {@link Failure.TooMany} where they have to wait.
     *
     * @param subject the account, or what stands for a name that no account has
     */
    public Mono<Visitor> admit(UUID subject, ClientOrigin origin) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            Devices.Device device = new Devices.Device(
                    Networks.of(origin.ip()), Sha256.hex(origin.userAgent()).substring(0, AGENT_DIGITS), now);
            return devices.of(subject)
                    .map(known -> new Visitor(
                            subject,
                            device,
                            known.knows(device, now.minus(settings.deviceKnownFor())),
                            known.isNewNetwork(device.network())))
                    .flatMap(visitor -> stillOpen(visitor).thenReturn(visitor));
        });
    }

    /** Whether no door has closed since; {@link Failure.TooMany} otherwise. */
    public Mono<Void> stillOpen(Visitor visitor) {
        return Mono.defer(() -> doors.closedUntil(doors(visitor).keySet(), clock.instant())
                .flatMap(until -> Mono.error(tooMany(until))));
    }

    /** It was wrong; {@link Failure.TooMany} where others were wrong meanwhile so often that it does not matter. */
    public Mono<Void> failed(Visitor visitor) {
        return Mono.defer(() -> Flux.fromIterable(doors(visitor).entrySet())
                .concatMap(door -> doors.failed(door.getKey(), door.getValue(), clock.instant()))
                .all(counted -> counted)
                .filter(counted -> !counted)
                .flatMap(closed -> stillOpen(visitor)));
    }

    /** It was right. */
    public Mono<Void> recognise(Visitor visitor) {
        return devices.change(visitor.subject(), known -> known.seen(visitor.device(), settings.devices()))
                .then(Mono.defer(() -> doors.clear(ofDevice(visitor))));
    }

    private Map<String, Failures.Limits> doors(Visitor visitor) {
        Map<String, Failures.Limits> mine = new LinkedHashMap<>();
        if (visitor.known()) {
            mine.put(ofDevice(visitor), limits(settings.ofDevice()));
        } else {
            mine.put("account " + visitor.subject(), limits(settings.ofStrangers()));
            mine.put("network " + visitor.network(), limits(settings.ofNetwork()));
        }
        return mine;
    }

    private static String ofDevice(Visitor visitor) {
        return "device " + visitor.subject() + " " + visitor.network() + " "
                + visitor.device().agent();
    }

    private Failures.Limits limits(int free) {
        return new Failures.Limits(free, settings.firstWait(), settings.longestWait(), settings.forgottenAfter());
    }

    private Throwable tooMany(Instant until) {
        long seconds = Math.max(
                1, Duration.between(clock.instant(), until).plusMillis(999).toSeconds());
        return new Failure.TooMany(
                        TOO_MANY,
                        "Too many failed logins. Try again later.",
                        Math.toIntExact(Math.min(seconds, 86_400)))
                .asException();
    }
}
