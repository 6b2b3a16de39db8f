package dev.cadenza.catalog.track;

import java.util.Locale;

/** How far a track is. */
public enum TrackStatus {
    /** Stored and playable; being measured. */
    PROCESSING,
    /** Measured. */
    COMPLETED,
    /** Turned out to be unusable; only its owner sees it. */
    FAILED;

    /** As clients and other services write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
