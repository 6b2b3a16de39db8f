package dev.cadenza.analytics.play;

/**
 * Numbers about a track.
 *
 * @param totalPlays every play
 * @param uniqueListeners different listeners with an identity
 * @param averageSeconds heard, over the plays of which it is known; 0 where it is of none
 * @param completionRate percentage of those plays that heard more than 80 %; 0 where it is known of none
 */
public record TrackStats(long totalPlays, long uniqueListeners, double averageSeconds, double completionRate) {}
