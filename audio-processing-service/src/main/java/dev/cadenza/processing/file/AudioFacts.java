package dev.cadenza.processing.file;

/**
 * What an uploaded file is, found by reading it.
 *
 * @param format {@code mp3}, {@code wav}, {@code flac}, {@code ogg} or {@code m4a}
 * @param codec FFmpeg's name, such as {@code pcm_s16le}
 * @param size bytes
 */
public record AudioFacts(
        String format,
        String codec,
        String contentType,
        double durationSeconds,
        int sampleRate,
        int channels,
        long size) {}
