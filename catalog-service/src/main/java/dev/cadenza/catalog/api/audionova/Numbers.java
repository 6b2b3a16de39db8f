package dev.cadenza.catalog.api.audionova;

/** Integer ids in paths. */
final class Numbers {

    private Numbers() {}

    /** The id of a path; what is no positive integer is nothing's. */
    static long ofPath(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw SongFailures.NOT_FOUND.asException();
        }
        return Long.parseLong(text);
    }
}
