package dev.cadenza.processing.file;

/**
 * Stored bytes that belong to a file.
 *
 * @param key where they lie in the object store
 * @param filename under which people get them
 * @param etag without quotes
 */
public record StoredPart(String key, String filename, String contentType, long size, String etag) {}
