package dev.cadenza.platform.audio;

/**
 * A picture that {@link Ffmpeg#shrink} made.
 *
 * @param format {@code png} where the original may be transparent, else {@code jpg}
 */
public record ImageInfo(String format, String contentType, int width, int height) {}
