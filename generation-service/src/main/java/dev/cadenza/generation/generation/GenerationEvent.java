package dev.cadenza.generation.generation;

/** What happens to a generation. */
public sealed interface GenerationEvent {

    /** It was asked for. */
    record Queued() implements GenerationEvent {}

    /** A worker began. */
    record Started() implements GenerationEvent {}

    /** The song is there. */
    record Completed() implements GenerationEvent {}

    /** It could not be made. */
    record Failed() implements GenerationEvent {}

    /** Its owner called it off. */
    record Cancelled() implements GenerationEvent {}

    /** It is gone with the account that asked for it: what was asked for is not told any more. */
    record Erased() implements GenerationEvent {}
}
