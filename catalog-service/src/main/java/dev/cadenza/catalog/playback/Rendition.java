package dev.cadenza.catalog.playback;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A track in another format than it was uploaded in, as one file.
 *
 * @param bitrateKbps one of {@link #BITRATES}; 0 for {@link Format#FLAC}
 */
public record Rendition(Format format, int bitrateKbps) {

    /** Few, so that each is made once for many. */
    public static final List<Integer> BITRATES = List.of(64, 96, 128, 160, 192, 256, 320);

    /** What can be asked for. */
    public enum Format {
        /** MPEG-1 layer III at a constant bit rate. */
        MP3("mp3", "audio/mpeg", "mp3", 192),
        /** AAC-LC in MP4. */
        AAC("aac", "audio/mp4", "m4a", 128),
        /** Opus in Ogg. */
        OPUS("opus", "audio/ogg", "opus", 128),
        /** Lossless. */
        FLAC("flac", "audio/flac", "flac", 0);

        private final String word;
        private final String contentType;
        private final String extension;
        private final int usualBitrate;

        Format(String word, String contentType, String extension, int usualBitrate) {
            this.word = word;
            this.contentType = contentType;
            this.extension = extension;
            this.usualBitrate = usualBitrate;
        }

        /** Media type of the file. */
        public String contentType() {
            return contentType;
        }

        /** How such files are named, without a dot. */
        public String extension() {
            return extension;
        }
    }

    /**
     * What a client asks for.
     *
     * @param format {@code mp3}, {@code aac}, {@code opus} or {@code flac}, in any case
     * @param bitrate kbit/s; null: the usual one of the format
     * @throws dev.cadenza.platform.core.FailureException Unreadable where there is no such rendition
     */
    public static Rendition of(String format, @Nullable String bitrate) {
        for (Format known : Format.values()) {
            if (known.word.equals(format.toLowerCase(Locale.ROOT))) {
                return new Rendition(known, bitrate(known, bitrate));
            }
        }
        throw Failure.unreadable("stream.format", "The format must be mp3, aac, opus or flac.");
    }

    private static int bitrate(Format format, @Nullable String wanted) {
        if (wanted == null) {
            return format.usualBitrate;
        }
        for (int known : BITRATES) {
            if (format != Format.FLAC && Integer.toString(known).equals(wanted)) {
                return known;
            }
        }
        throw Failure.unreadable(
                "stream.bitrate",
                format == Format.FLAC
                        ? "FLAC has no bitrate to choose."
                        : "The bitrate must be one of 64, 96, 128, 160, 192, 256 and 320.");
    }

    /** A bit rate of nothing. */
    public static FailureException bitrateWithoutFormat() {
        return Failure.unreadable("stream.bitrate", "A bitrate needs a format: mp3, aac or opus.");
    }

    /** Names it among the renditions of a track. */
    public String name() {
        return format.word + (bitrateKbps == 0 ? "" : "-" + bitrateKbps);
    }
}
