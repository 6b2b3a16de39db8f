package dev.cadenza.launcher.demo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;

/**
 * What a downloaded file really is, read from its bytes and not from what the platform says.
 *
 * @param description for people
 * @param seconds its length
 * @param frames samples of each channel; MP3: exact to one of its frames
 */
record MediaFacts(String description, double seconds, long frames) {

    private static final int[] MPEG1_LAYER3_KBPS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MPEG2_LAYER3_KBPS = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] MPEG1_RATES = {44_100, 48_000, 32_000};

    static MediaFacts of(Path file) throws IOException, DemoFailedException {
        byte[] head = new byte[12];
        try (InputStream in = Files.newInputStream(file)) {
            in.readNBytes(head, 0, head.length);
        }
        String magic = new String(head, StandardCharsets.ISO_8859_1);
        if (magic.startsWith("RIFF") && magic.startsWith("WAVE", 8)) {
            return wav(file);
        }
        if (magic.startsWith("MThd")) {
            return midi(file);
        }
        if (magic.startsWith("ID3") || (head[0] == (byte) 0xFF && (head[1] & 0xE0) == 0xE0)) {
            return mp3(file);
        }
        if (magic.startsWith("fLaC")) {
            return flac(file);
        }
        throw new DemoFailedException(file + " is neither WAV, FLAC, MP3 nor MIDI");
    }

    private static MediaFacts wav(Path file) throws IOException, DemoFailedException {
        try (DataInputStream in = open(file)) {
            in.skipNBytes(12);
            int channels = 0;
            int rate = 0;
            int bits = 0;
            while (true) {
                byte[] name = in.readNBytes(4);
                byte[] size = in.readNBytes(4);
                if (size.length < 4) {
                    throw new DemoFailedException(file + " is a WAV file without data");
                }
                long length = Integer.toUnsignedLong(little(size).getInt());
                switch (new String(name, StandardCharsets.US_ASCII)) {
                    case "fmt " -> {
                        ByteBuffer format = little(in.readNBytes((int) length));
                        channels = format.getShort(2);
                        rate = format.getInt(4);
                        bits = format.getShort(14);
                    }
                    case "data" -> {
                        int frame = channels * bits / 8;
                        DemoFailedException.unless(frame > 0 && rate > 0, file + " has no format");
                        long frames = Math.min(length, Files.size(file)) / frame;
                        return new MediaFacts(
                                "WAV %d bit, %d Hz, %s".formatted(bits, rate, channels(channels)),
                                (double) frames / rate,
                                frames);
                    }
                    default -> in.skipNBytes(length + (length & 1));
                }
            }
        }
    }

    private static MediaFacts flac(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            in.skipNBytes(8 + 10);
            long packed = in.readLong();
            int rate = (int) (packed >>> 44);
            int channels = (int) (packed >>> 41 & 7) + 1;
            long frames = packed & 0xF_FFFF_FFFFL;
            return new MediaFacts(
                    "FLAC, %d Hz, %s".formatted(rate, channels(channels)), (double) frames / rate, frames);
        }
    }

    /** Goes from frame to frame. */
    private static MediaFacts mp3(Path file) throws IOException, DemoFailedException {
        long frames = 0;
        long bits = 0;
        int rate = 0;
        int channels = 2;
        try (DataInputStream in = open(file)) {
            int header = in.readInt();
            if (header >>> 8 == 0x494433) { // ID3
                in.skipNBytes(2);
                byte[] size = in.readNBytes(4);
                in.skipNBytes((size[0] << 21) | (size[1] << 14) | (size[2] << 7) | size[3]);
                header = in.readInt();
            }
            while ((header & 0xFFE0_0000) == 0xFFE0_0000) {
                boolean first = (header >> 19 & 3) == 3;
                int kbps = (first ? MPEG1_LAYER3_KBPS : MPEG2_LAYER3_KBPS)[Math.min(header >> 12 & 15, 14)];
                rate = MPEG1_RATES[Math.min(header >> 10 & 3, 2)] / (first ? 1 : (header >> 19 & 3) == 2 ? 2 : 4);
                channels = (header >> 6 & 3) == 3 ? 1 : 2;
                int samples = first ? 1152 : 576;
                int length = samples / 8 * kbps * 1000 / rate + (header >> 9 & 1);
                frames += samples;
                bits += length * 8L;
                in.skipNBytes(Math.max(0, length - 4));
                header = in.readInt();
            }
        } catch (EOFException e) {
            // the end, or an old tag behind the last frame
        }
        DemoFailedException.unless(frames > 0, file + " is an MP3 file without frames");
        double seconds = (double) frames / rate;
        return new MediaFacts(
                "MP3 %d kbit/s, %d Hz, %s".formatted(Math.round(bits / seconds / 1000), rate, channels(channels)),
                seconds,
                frames);
    }

    private static MediaFacts midi(Path file) throws IOException, DemoFailedException {
        try {
            Sequence sequence = MidiSystem.getSequence(file.toFile());
            double seconds = sequence.getMicrosecondLength() / 1e6;
            int notes = 0;
            for (var track : sequence.getTracks()) {
                for (int i = 0; i < track.size(); i++) {
                    byte[] message = track.get(i).getMessage().getMessage();
                    notes += (message[0] & 0xF0) == 0x90 && message[2] > 0 ? 1 : 0;
                }
            }
            return new MediaFacts(
                    "MIDI, %d tracks, %d notes".formatted(sequence.getTracks().length, notes), seconds, 0);
        } catch (InvalidMidiDataException e) {
            throw new DemoFailedException(file + " is no MIDI file: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %.2f s", description, seconds);
    }

    private static String channels(int channels) {
        return channels == 1 ? "mono" : channels == 2 ? "stereo" : channels + " channels";
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
