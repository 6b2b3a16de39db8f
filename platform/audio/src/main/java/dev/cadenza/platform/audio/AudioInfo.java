package dev.cadenza.platform.audio;

import java.util.Map;

/**
 * What an audio file is, found by reading its data, not by believing its header.
 *
 * @param format {@code mp3}, {@code wav}, {@code flac}, {@code ogg} or {@code m4a}
 * @param codec FFmpeg's name of the codec, such as {@code mp3}, {@code pcm_s16le}, {@code vorbis}, {@code opus}
 * @param durationSeconds length of the audio that is really there, above 0
 * @param sampleRate samples a second
 * @param channels 1 to 8
 * @param bitrateKbps average over the whole file, at least 1
 * @param tags what the file says about itself: lower-case names ({@code title}, {@code artist}, {@code album},
 *     {@code genre}, {@code date} …), values of at most 500 printable characters
 */
public record AudioInfo(
        String format,
        String codec,
        double durationSeconds,
        int sampleRate,
        int channels,
        int bitrateKbps,
        Map<String, String> tags) {

    public AudioInfo {
        tags = Map.copyOf(tags);
    }
}
