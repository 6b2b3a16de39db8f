package dev.cadenza.platform.audio;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The audio file formats that the platform takes and makes. */
public enum AudioFormat {
    /** MPEG-1/2 layer III. */
    MP3("mp3", "audio/mpeg", List.of("mp3")),
    /** RIFF/WAVE, also RF64. */
    WAV("wav", "audio/wav", List.of("wav")),
    /** FLAC in its own container. */
    FLAC("flac", "audio/flac", List.of("flac")),
    /** Ogg with Vorbis, Opus or FLAC inside. */
    OGG("ogg", "audio/ogg", List.of("ogg")),
    /** MPEG-4 audio with AAC or ALAC inside. */
    M4A("m4a", "audio/mp4", List.of("mov", "mp4", "m4a", "3gp", "3g2", "mj2"));

    private final String word;
    private final String contentType;
    private final List<String> demuxers;

    AudioFormat(String word, String contentType, List<String> demuxers) {
        this.word = word;
        this.contentType = contentType;
        this.demuxers = demuxers;
    }

    /** How clients write it, and the file name extension without a dot: {@code mp3}. */
    public String word() {
        return word;
    }

    /** Media type of such a file. */
    public String contentType() {
        return contentType;
    }

    /** Whether a decoded file is exactly what was encoded. */
    public boolean lossless() {
        return this == WAV || this == FLAC;
    }

    /** The format of this word, in any case; empty for anything else. */
    public static Optional<AudioFormat> of(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        for (AudioFormat format : values()) {
            if (format.word.equals(wanted)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** FFmpeg's name of the demuxer to force. */
    String demuxer() {
        return demuxers.getFirst();
    }

    /** All names under which FFmpeg may know that demuxer, for its white list. */
    String demuxerNames() {
        return String.join(",", demuxers);
    }
}
