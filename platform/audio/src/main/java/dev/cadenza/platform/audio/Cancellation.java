package dev.cadenza.platform.audio;

/** Asked a few times a second whether the work is still wanted; may be asked on any thread. */
@FunctionalInterface
public interface Cancellation {

    /** Work that nobody takes back. */
    Cancellation NEVER = () -> false;

    /** True once the work is not wanted any more. */
    boolean isCancelled();
}
