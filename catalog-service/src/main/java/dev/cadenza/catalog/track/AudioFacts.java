package dev.cadenza.catalog.track;

/**
 * What the uploaded file is, read from its data.
 *
 * @param format {@code mp3}, {@code wav}, {@code flac}, {@code ogg} or {@code m4a}
 * @param contentType media type of the bytes
 * @param durationSeconds above 0
 * @param fileSize bytes
 */
public record AudioFacts(
        String format,
        String codec,
        String contentType,
        double durationSeconds,
        int sampleRate,
        int channels,
        int bitrateKbps,
        long fileSize) {}
