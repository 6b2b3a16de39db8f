package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.AudioInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which integers a file's samples are, so that its parts can be stored as exactly as it was. */
final class SampleGrid {

    private static final int FLAC_HEADER = 26;

    private SampleGrid() {}

    /** 16 or 24 for integers, 32 for floats and for everything lossy. */
    static int bits(AudioInfo info, Path file) throws IOException {
        return switch (info.format()) {
            case "wav" ->
                switch (info.codec()) {
                    case "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be" -> 24;
                    case "pcm_f32le", "pcm_f32be", "pcm_f64le" -> 32;
                    default -> 16;
                };
            case "flac" -> flac(file) <= 16 ? 16 : 24;
            default -> 32;
        };
    }

    /** Bits a sample in the STREAMINFO block; 24 where another kind of block stands in front of it. */
    private static int flac(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(FLAC_HEADER);
            boolean plain = head.length == FLAC_HEADER && head[0] == 'f' && head[1] == 'L' && (head[4] & 0x7F) == 0;
            // sample rate 20 bits, channels 3 bits, bits a sample 5 bits, from byte 18 on
            return plain ? ((head[20] & 1) << 4 | (head[21] & 0xF0) >> 4) + 1 : 24;
        }
    }
}
