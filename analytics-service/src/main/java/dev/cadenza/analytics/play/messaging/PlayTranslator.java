package dev.cadenza.analytics.play.messaging;

import dev.cadenza.analytics.play.Play;
import dev.cadenza.contracts.analytics.v1.PlayRecorded;
import dev.cadenza.platform.events.EventMessage;
import java.util.UUID;

/** Plays as the other services read them. */
public final class PlayTranslator {

    /** Where they go. */
    public static final String TOPIC = "analytics.play.v1";

    private PlayTranslator() {}

    /** The message of a play. */
    public static EventMessage translate(UUID id, Play play) {
        Double seconds = play.reportedSeconds();
        return new EventMessage(
                "analytics.play.recorded",
                1,
                new PlayRecorded(
                        id,
                        play.trackId(),
                        play.ownerId(),
                        play.listenerId(),
                        seconds == null ? 0 : seconds,
                        play.at()));
    }
}
