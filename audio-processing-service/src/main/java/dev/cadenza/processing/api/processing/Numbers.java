package dev.cadenza.processing.api.processing;

/** Integer ids in paths. */
final class Numbers {

    private Numbers() {}

    /** The id; one that nothing has where the text is no positive integer, so that the answer is the same 404. */
    static long ofPath(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Long.parseLong(text) : 0;
    }
}
