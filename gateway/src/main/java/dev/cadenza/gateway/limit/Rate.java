package dev.cadenza.gateway.limit;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/**
 * So many requests in a window of time, or as many as one likes. Written {@code 100/1m} or {@code off}.
 *
 * @param requests 0 for as many as one likes
 */
public record Rate(long requests, Duration window) {

    public Rate {
        if (requests < 0 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("no rate: " + requests + " in " + window);
        }
    }

    /** Reads a setting. */
    public static Rate valueOf(String text) {
        if (text.strip().equals("off")) {
            return new Rate(0, Duration.ofMinutes(1));
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a rate is written 100/1m, or off, not \"" + text + "\"");
        }
        return new Rate(
                Long.parseLong(text.substring(0, slash).strip()),
                DurationStyle.detectAndParse(text.substring(slash + 1).strip()));
    }

    static Rate perMinute(long requests) {
        return new Rate(requests, Duration.ofMinutes(1));
    }

    boolean isUnlimited() {
        return requests == 0;
    }

    @Override
    public String toString() {
        return isUnlimited() ? "off" : requests + "/" + window.toSeconds() + "s";
    }
}
