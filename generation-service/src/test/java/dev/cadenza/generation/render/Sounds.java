package dev.cadenza.generation.render;

import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.UndecodableAudioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** FFmpeg and the SoundFont that comes with the build, once for all tests. */
public final class Sounds {

    private static final Path CACHE = Path.of("target", "soundfont");
    private static @Nullable Ffmpeg ffmpeg;

    private Sounds() {}

    /** FFmpeg. */
    public static synchronized Ffmpeg ffmpeg() {
        if (ffmpeg == null) {
            try {
                ffmpeg = Ffmpeg.open(AudioSettings.defaults());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ffmpeg;
    }

    /** Where the SoundFont is unpacked. */
    public static Path cache() {
        return CACHE.toAbsolutePath();
    }

    /** The unpacked file. */
    public static synchronized Path file() {
        try {
            return BundledSoundFont.unpack(cache(), Sounds::decode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The loaded SoundFont. */
    public static SoundFont font() {
        try {
            return SoundFont.load(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void decode(Path flac, Path raw, int rate) throws IOException {
        try {
            ffmpeg().decode(flac, raw, rate, 1, Cancellation.NEVER);
        } catch (UndecodableAudioException e) {
            throw new IOException(e);
        }
    }
}
