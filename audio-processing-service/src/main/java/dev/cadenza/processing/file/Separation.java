package dev.cadenza.processing.file;

/** What a finished separation left, and who made it. */
public record Separation(StoredPart vocals, StoredPart instrumental, String engine, String engineVersion) {}
