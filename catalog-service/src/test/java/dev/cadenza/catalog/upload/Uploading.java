package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.TrackSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** What a process does to an upload while it completes it, step by step. */
public final class Uploading {

    private Uploading() {}

    /** Begins to join. */
    public static void freeze(UploadSessions sessions, UUID id, Instant until) {
        sessions.change(id, session -> session.frozen(until)).block();
    }

    /** Gives up. */
    public static void thaw(UploadSessions sessions, UUID id, Instant until) {
        sessions.change(id, session -> session.thawed(until)).block();
    }

    /** One round of the sweep at that time. */
    public static void sweep(
            UploadSessions sessions, Chunks chunks, UploadSettings settings, TrackSettings tracks, Clock clock) {
        new SweepUploads(sessions, chunks, settings, tracks, clock).sweep().block();
    }
}
