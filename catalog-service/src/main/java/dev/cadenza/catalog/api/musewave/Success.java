package dev.cadenza.catalog.api.musewave;

/** What is said of something that is gone. */
record Success(boolean success) {

    static final Success DONE = new Success(true);
}
