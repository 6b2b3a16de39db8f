package dev.cadenza.analytics.play;

import java.time.Instant;

/**
 * A line of somebody's history.
 *
 * @param title what the track is called now; empty where that is not known
 */
public record Heard(String title, Instant at) {}
