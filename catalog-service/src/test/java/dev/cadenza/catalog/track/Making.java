package dev.cadenza.catalog.track;

import java.time.Clock;

/** Use cases of another process than the one that is tested. */
public final class Making {

    private Making() {}

    /** One that stores tracks there. */
    public static MakeTrack make(
            Tracks tracks, TrackFiles files, Inspector inspector, AnalysisQueue analysis, Clock clock) {
        return new MakeTrack(tracks, files, inspector, analysis, clock);
    }

    /** Accounts as they are by that clock. */
    public static StorageQuota quota(Tracks tracks, StorageAccounts accounts, TrackSettings settings, Clock clock) {
        return new StorageQuota(tracks, accounts, settings, clock);
    }

    /** One round at that time. */
    public static void sweep(Tracks tracks, TrackFiles files, TrackSettings settings, Clock clock) {
        new SweepTrackFiles(tracks, files, settings, clock).sweep().block();
    }
}
