package dev.cadenza.gateway.limit;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** How a client hears where it stands; where several limits apply, of the one that it will meet first. */
final class RateHeaders {

    private static final String LIMIT = "X-RateLimit-Limit";
    private static final String REMAINING = "X-RateLimit-Remaining";
    private static final String RESET = "X-RateLimit-Reset";

    private RateHeaders() {}

    static void show(ServerWebExchange exchange, Counters.Standing standing) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        String known = headers.getFirst(REMAINING);
        if (known == null || standing.remaining() < Long.parseLong(known) || !standing.fits()) {
            headers.set(LIMIT, Long.toString(standing.rate().requests()));
            headers.set(REMAINING, Long.toString(standing.remaining()));
            // rounded up: whoever waits until then is let in
            headers.set(RESET, Long.toString(standing.reset().plusMillis(999).getEpochSecond()));
        }
    }

    static FailureException exceeded(Counters.Standing standing, Clock clock) {
        long millis = Duration.between(clock.instant(), standing.reset()).toMillis();
        int seconds = (int) Math.max(1, (millis + 999) / 1_000);
        return new Failure.TooMany(
                        "rate_limit.exceeded",
                        "Too many requests. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                        seconds)
                .asException();
    }
}
