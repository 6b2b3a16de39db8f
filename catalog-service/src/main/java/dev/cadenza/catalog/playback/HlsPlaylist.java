package dev.cadenza.catalog.playback;

import dev.cadenza.platform.audio.Transcoding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Playlists of HTTP Live Streaming (RFC 8216, and version 7 for fragmented MP4): three rungs of AAC, cut into segments
 * that begin at the same samples in each, so that a player can change between them anywhere.
 */
public final class HlsPlaylist {

    /** Bit rates of the rungs in kbit/s, the one to begin with first. */
    public static final List<Integer> RUNGS = List.of(128, 64, 256);

    private static final int SEGMENT_FRAMES = Transcoder.SEGMENT_FRAMES;

    private static final BigDecimal SEGMENT_SECONDS = new BigDecimal("6.400");
    /** What boxes and the rate's ups and downs add. */
    private static final double OVERHEAD = 1.1;

    private HlsPlaylist() {}

    /** The rung of this word; empty where there is none. */
    public static OptionalInt rung(String word) {
        return RUNGS.stream()
                .filter(rung -> word.equals(Integer.toString(rung)))
                .mapToInt(rung -> rung)
                .findFirst();
    }

    /**
     * The rungs.
     *
     * @param query what every address in it carries, with the question mark; empty for nothing
     */
    public static String master(String query) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (int rung : RUNGS) {
            text.append(String.format(
                    Locale.ROOT,
                    "#EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,CODECS=\"mp4a.40.2\"\n%d/index.m3u8%s\n",
                    (long) (rung * 1000 * OVERHEAD),
                    rung * 1000,
                    rung,
                    query));
        }
        return text.toString();
    }

    /** How many segments audio of this length has, at least; one too many would be asked for in vain. */
    static int segments(double seconds) {
        long frames = (long) (seconds * Transcoding.FRAGMENT_SAMPLE_RATE / Transcoding.FRAME_SAMPLES) + 1;
        return (int) Math.max(1, (frames + SEGMENT_FRAMES - 1) / SEGMENT_FRAMES);
    }

    /** The segments of one rung; together they are as long as the audio. */
    static String media(double seconds, int segments, String query) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:7\n")
                .append("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n")
                .append("#EXT-X-MAP:URI=\"init.mp4")
                .append(query)
                .append("\"\n");
        BigDecimal left = BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_UP);
        for (int i = 0; i < segments; i++) {
            BigDecimal length = i < segments - 1
                    ? SEGMENT_SECONDS
                    : left.min(new BigDecimal("7.000")).max(new BigDecimal("0.001"));
            left = left.subtract(length);
            text.append("#EXTINF:")
                    .append(length)
                    .append(",\n")
                    .append(i)
                    .append(".m4s")
                    .append(query)
                    .append('\n');
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }
}
