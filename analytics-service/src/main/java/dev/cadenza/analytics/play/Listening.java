package dev.cadenza.analytics.play;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How long a play was listened to. Has the id of the play.
 *
 * @param seconds heard, at least 0
 * @param completed whether more than 80 % of the track was heard
 * @param device in the listener's words; null where not told
 */
public record Listening(
        UUID trackId,
        double seconds,
        boolean completed,
        @Nullable String device,
        Instant at) {

    private static final double COMPLETE = 0.8;
    private static final double LONGEST = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_DEVICE = 200;

    /**
     * What a listener tells.
     *
     * @param trackSeconds length of the track; 0 where it is not known, so that nothing counts as complete
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public static Listening report(
            UUID trackId, double trackSeconds, @Nullable Double seconds, @Nullable String device, Instant now) {
        List<Violation> violations = new ArrayList<>();
        if (seconds == null || !(seconds >= 0 && seconds <= LONGEST)) {
            violations.add(Violation.of("duration", "How many seconds were heard, from 0 to a day."));
        }
        if (device != null && device.length() > LONGEST_DEVICE) {
            violations.add(Violation.of("device", "A device has at most " + LONGEST_DEVICE + " characters."));
        }
        if (seconds == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        boolean completed = trackSeconds > 0 && seconds > COMPLETE * trackSeconds;
        return new Listening(trackId, seconds, completed, device, now);
    }
}
