package dev.cadenza.platform.audio;

import java.util.List;

/**
 * What a file that somebody sent is made into: stereo at most, without its tags and pictures.
 *
 * @param bitrateKbps 32 to 320; of no meaning for {@link Codec#FLAC}
 * @param fragmentFrames 0: one file as the codec's players expect it. Otherwise a fragmented MP4 (CMAF) of AAC at 48 kHz
 *     in stereo whose fragments hold this many frames of 1024 samples each, the last one what is left
 */
public record Transcoding(Codec codec, int bitrateKbps, int fragmentFrames) {

    /** Samples of one frame of AAC. */
    public static final int FRAME_SAMPLES = 1024;

    /** Sample rate of fragmented AAC, in Hz. */
    public static final int FRAGMENT_SAMPLE_RATE = 48_000;

    /** How the audio is written. */
    public enum Codec {
        /** MPEG-1 layer III at a constant bit rate. */
        MP3("audio/mpeg"),
        /** AAC-LC in MP4. */
        AAC("audio/mp4"),
        /** Opus in Ogg. */
        OPUS("audio/ogg"),
        /** Lossless. */
        FLAC("audio/flac");

        private final String contentType;

        Codec(String contentType) {
            this.contentType = contentType;
        }

        /** Media type of the file. */
        public String contentType() {
            return contentType;
        }
    }

    public Transcoding {
        if (bitrateKbps < 32 || bitrateKbps > 320) {
            throw new IllegalArgumentException("bit rate " + bitrateKbps);
        }
        if (fragmentFrames < 0 || fragmentFrames > 0 && codec != Codec.AAC) {
            throw new IllegalArgumentException("fragments of " + fragmentFrames + " frames of " + codec);
        }
    }

    /** One file. */
    public static Transcoding file(Codec codec, int bitrateKbps) {
        return new Transcoding(codec, bitrateKbps, 0);
    }

    /** Fragmented AAC. */
    public static Transcoding fragments(int bitrateKbps, int frames) {
        return new Transcoding(Codec.AAC, bitrateKbps, frames);
    }

    List<String> arguments(int channels) {
        String bitrate = bitrateKbps + "k";
        String most = Integer.toString(Math.min(2, channels));
        if (fragmentFrames > 0) {
            long micros = 1_000_000L * fragmentFrames * FRAME_SAMPLES / FRAGMENT_SAMPLE_RATE;
            return List.of(
                    "-c:a",
                    "aac",
                    "-b:a",
                    bitrate,
                    "-ar",
                    Integer.toString(FRAGMENT_SAMPLE_RATE),
                    "-ac",
                    "2",
                    "-movflags",
                    "+empty_moov+default_base_moof+cmaf",
                    "-frag_duration",
                    Long.toString(micros),
                    // whoever listens waits for the first of them
                    "-flush_packets",
                    "1",
                    "-f",
                    "mp4");
        }
        return switch (codec) {
            case MP3 -> List.of("-c:a", "libmp3lame", "-b:a", bitrate, "-ac", most, "-f", "mp3");
            case AAC -> List.of("-c:a", "aac", "-b:a", bitrate, "-ac", most, "-movflags", "+faststart", "-f", "mp4");
            case OPUS -> List.of("-c:a", "libopus", "-b:a", bitrate, "-ar", "48000", "-ac", most, "-f", "ogg");
            case FLAC -> List.of("-c:a", "flac", "-ac", most, "-f", "flac");
        };
    }
}
