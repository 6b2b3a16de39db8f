package dev.cadenza.generation.model;

import dev.cadenza.platform.audio.AudioFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of files that a song comes in. */
public enum SongFormat {
    /** RIFF/WAVE. */
    WAV("wav", "audio/wav", AudioFormat.WAV),
    /** MPEG layer III. */
    MP3("mp3", "audio/mpeg", AudioFormat.MP3),
    /** FLAC. */
    FLAC("flac", "audio/flac", AudioFormat.FLAC),
    /** Ogg. */
    OGG("ogg", "audio/ogg", AudioFormat.OGG),
    /** Standard MIDI File. */
    MIDI("mid", "audio/midi", null);

    private final String extension;
    private final String contentType;
    private final @Nullable AudioFormat audio;

    SongFormat(String extension, String contentType, @Nullable AudioFormat audio) {
        this.extension = extension;
        this.contentType = contentType;
        this.audio = audio;
    }

    /** As clients write it: {@code midi}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Ending of a file name, without dot. */
    public String extension() {
        return extension;
    }

    /** Media type. */
    public String contentType() {
        return contentType;
    }

    /** What FFmpeg makes of it; empty for notes. */
    public Optional<AudioFormat> audio() {
        return Optional.ofNullable(audio);
    }

    /** The format of a word; empty for others. */
    public static Optional<SongFormat> of(String word) {
        for (SongFormat format : values()) {
            if (format.word().equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
