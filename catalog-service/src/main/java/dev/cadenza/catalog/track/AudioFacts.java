package dev.cadenza.catalog.track;

/**
 * What the uploaded file is, read from its data; of audio that is kept elsewhere, what its owner says.
 *
 * @param format {@code mp3}, {@code wav}, {@code flac}, {@code ogg} or {@code m4a}; any word, or empty, of audio elsewhere
 * @param contentType media type of the bytes
 * @param durationSeconds above 0; 0 where it is not known of audio elsewhere
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
