package dev.cadenza.e2e;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Audio for uploads, made here: 44.1 kHz, stereo, 16 bit. */
final class Sounds {

    static final int SAMPLE_RATE_HZ = 44_100;

    private Sounds() {}

    /** A WAV file: a centred, trembling tone like a voice over a wide chord and a beat. */
    static byte[] song(double seconds) {
        int frames = (int) (seconds * SAMPLE_RATE_HZ);
        ByteBuffer pcm = ByteBuffer.allocate(frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            double t = i / (double) SAMPLE_RATE_HZ;
            double voice = 0.25 * Math.sin(2 * Math.PI * (440 * t + 0.9 * Math.sin(2 * Math.PI * 5 * t)));
            double left = 0.12 * Math.sin(2 * Math.PI * 130.8 * t) + 0.1 * Math.sin(2 * Math.PI * 329.6 * t);
            double right = 0.12 * Math.sin(2 * Math.PI * 196 * t) + 0.1 * Math.sin(2 * Math.PI * 261.6 * t);
            double beat = 0.3 * Math.exp(-40 * (t % 0.5)) * Math.sin(2 * Math.PI * 60 * t);
            pcm.putShort((short) (32_000 * (voice + left + beat)));
            pcm.putShort((short) (32_000 * (voice + right + beat)));
        }
        return wav(pcm.array());
    }

    private static byte[] wav(byte[] pcm) {
        AudioFormat format = new AudioFormat(SAMPLE_RATE_HZ, 16, 2, true, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AudioInputStream in = new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 4)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** Frames of a WAV file; fails where it is none. */
    static long frames(byte[] wav) {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            return in.getFrameLength();
        } catch (IOException | javax.sound.sampled.UnsupportedAudioFileException e) {
            throw new AssertionError("no WAV file", e);
        }
    }

    /** Seconds of a WAV file. */
    static double seconds(byte[] wav) {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            return in.getFrameLength() / (double) in.getFormat().getFrameRate();
        } catch (IOException | javax.sound.sampled.UnsupportedAudioFileException e) {
            throw new AssertionError("no WAV file", e);
        }
    }
}
