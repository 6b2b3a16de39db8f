package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.UndecodableAudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings audio to the sample rate that a model knows, and back. */
public final class Resampler {

    private final Ffmpeg ffmpeg;

    /** Uses FFmpeg's resampler. */
    public Resampler(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /** Writes the same sound at another rate to {@code target}; its length is right to a few frames. */
    public PcmAudio resample(PcmAudio audio, int sampleRate, Path target, Cancellation cancellation)
            throws IOException {
        Path wav = target.resolveSibling(target.getFileName() + ".wav");
        try {
            ffmpeg.encode(
                    audio.file(),
                    wav,
                    AudioFormat.WAV,
                    EncodeOptions.defaults().withBitDepth(32).fromRaw(audio.sampleRate(), audio.channels()),
                    cancellation);
            ffmpeg.decode(wav, target, sampleRate, audio.channels(), cancellation);
            return new PcmAudio(target, sampleRate, audio.channels(), 32);
        } catch (UndecodableAudioException e) {
            throw new IOException("resampling failed: " + e.reason(), e);
        } finally {
            Files.deleteIfExists(wav);
        }
    }
}
