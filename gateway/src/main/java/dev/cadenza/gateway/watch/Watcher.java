package dev.cadenza.gateway.watch;

/** Hears of every request when it is over. On an event loop: answers at once. */
public interface Watcher {

    /** It is over. */
    void saw(Visit visit);
}
