package dev.cadenza.processing.file;

/** What happened to a file. */
public sealed interface ProcessingFileEvent {
    /** It was handed in. */
    record Uploaded() implements ProcessingFileEvent {}

    /** A worker began. */
    record Started() implements ProcessingFileEvent {}

    /** The results are there. */
    record Completed() implements ProcessingFileEvent {}

    /** It cannot be done. */
    record Failed() implements ProcessingFileEvent {}

    /** Its owner removed it. */
    record Deleted() implements ProcessingFileEvent {}

    /** It is gone with the account that handed it in: its name is not told any more. */
    record Erased() implements ProcessingFileEvent {}
}
