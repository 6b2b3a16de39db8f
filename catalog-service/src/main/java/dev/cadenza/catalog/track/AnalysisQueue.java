package dev.cadenza.catalog.track;

/** Told that a track waits to be measured; what it misses it finds by itself a little later. */
@FunctionalInterface
public interface AnalysisQueue {

    /** There is something to do. */
    void wake();
}
