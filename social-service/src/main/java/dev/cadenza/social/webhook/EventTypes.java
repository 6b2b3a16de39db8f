package dev.cadenza.social.webhook;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names of what a webhook can be told. Published: a name, once here, stays. */
public final class EventTypes {

    /** Wants everything, also what is added later. */
    public static final String ALL = "*";

    /** What {@code POST /webhooks/{id}/test} sends; cannot be asked for. */
    public static final String TEST = "webhook.test";

    private static final Set<String> KNOWN = Set.of(
            "track.uploaded",
            "track.processed",
            "track.failed",
            "track.updated",
            "track.deleted",
            "track.liked",
            "track.unliked",
            "comment.created",
            "comment.deleted",
            "playlist.created",
            "playlist.updated",
            "playlist.deleted",
            "playlist.track_added",
            "playlist.track_removed",
            "generation.queued",
            "generation.started",
            "generation.completed",
            "generation.failed",
            "generation.cancelled",
            "processing.uploaded",
            "processing.started",
            "processing.completed",
            "processing.failed",
            "processing.deleted");

    private EventTypes() {}

    /** Whether a webhook can ask for this. */
    public static boolean isKnown(String type) {
        return KNOWN.contains(type);
    }

    /** All names, sorted. */
    public static List<String> names() {
        return List.copyOf(new TreeSet<>(KNOWN));
    }
}
