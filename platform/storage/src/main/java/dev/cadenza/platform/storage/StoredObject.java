package dev.cadenza.platform.storage;

import java.time.Instant;

/**
 * What is known of a stored object.
 *
 * @param size bytes
 * @param etag without quotes
 * @param contentType {@code application/octet-stream} where it came from a listing, which does not tell it
 */
public record StoredObject(String key, long size, String etag, String contentType, Instant lastModified) {}
