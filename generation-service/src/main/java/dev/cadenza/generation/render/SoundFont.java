package dev.cadenza.generation.render;

import com.sun.media.sound.ModelPatch;
import com.sun.media.sound.SF2Instrument;
import com.sun.media.sound.SF2Soundbank;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sound.midi.Instrument;
import javax.sound.midi.Patch;

/**
 * Sounds to play with: a SoundFont 2 file, checked before it is loaded. The synthesizer would take a compressed
 * {@code .sf3} without a word and play noise.
 */
public final class SoundFont {

    private static final int LARGEST_INFO = 1 << 20;
    private static final int COMPRESSED = 0x10;
    private static final int SAMPLE_HEADER = 46;

    private final Map<String, Instrument> instruments = new HashMap<>();
    private final String name;

    private SoundFont(SF2Soundbank bank) {
        this.name = bank.getName() == null ? "" : bank.getName().strip();
        for (SF2Instrument instrument : bank.getInstruments()) {
            Patch patch = instrument.getPatch();
            boolean kit = patch instanceof ModelPatch model && model.isPercussion();
            if (patch.getBank() == 0) {
                instruments.put(id(kit, patch.getProgram()), instrument);
            }
        }
    }

    /**
     * Checks and loads a file; samples stay on disk until they are played.
     *
     * @throws SoundFontException where it is no SoundFont 2, is compressed, or holds no instruments
     */
    public static SoundFont load(Path file) throws IOException {
        check(file);
        SoundFont font;
        try {
            font = new SoundFont(new SF2Soundbank(file.toFile()));
        } catch (RuntimeException e) {
            throw new SoundFontException("The SoundFont is damaged.");
        }
        if (font.instruments.isEmpty()) {
            throw new SoundFontException("The SoundFont holds no instruments.");
        }
        return font;
    }

    /** Name that the file gives itself. */
    public String name() {
        return name;
    }

    /** The instrument of a program, or the nearest one that there is; the kit of a number, or the standard one. */
    Optional<Instrument> instrument(boolean kit, int program) {
        Instrument exact = instruments.get(id(kit, program));
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int distance = 1; distance < 128; distance++) {
            for (int other : new int[] {program - distance, program + distance}) {
                Instrument near = instruments.get(id(kit, other));
                if (near != null) {
                    return Optional.of(near);
                }
            }
        }
        return Optional.empty();
    }

    private static String id(boolean kit, int program) {
        return (kit ? "kit " : "program ") + program;
    }

    private static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = read(channel, 0, 12);
            if (!text(head, 0).equals("RIFF") || !text(head, 8).equals("sfbk")) {
                throw new SoundFontException("The file is no SoundFont.");
            }
            boolean versionSeen = false;
            boolean samplesSeen = false;
            long at = 12;
            while (at + 12 <= channel.size()) {
                ByteBuffer list = read(channel, at, 12);
                long size = Integer.toUnsignedLong(list.getInt(4));
                String kind = text(list, 8);
                if (text(list, 0).equals("LIST") && kind.equals("INFO")) {
                    checkVersion(read(channel, at + 12, (int) Math.min(size - 4, LARGEST_INFO)));
                    versionSeen = true;
                } else if (text(list, 0).equals("LIST") && kind.equals("pdta")) {
                    checkSamples(channel, at + 12, Math.min(at + 8 + size, channel.size()));
                    samplesSeen = true;
                }
                at += 8 + size + (size & 1);
            }
            if (!versionSeen || !samplesSeen) {
                throw new SoundFontException("The SoundFont is incomplete.");
            }
        }
    }

    private static void checkVersion(ByteBuffer info) throws SoundFontException {
        for (int at = 0; at + 8 <= info.limit(); ) {
            int size = info.getInt(at + 4);
            if (size < 0 || size > info.limit() - at - 8) {
                break;
            }
            if (text(info, at).equals("ifil") && size >= 4) {
                int major = Short.toUnsignedInt(info.getShort(at + 8));
                if (major != 2) {
                    throw new SoundFontException("Only SoundFont 2 can be played, this one is version " + major
                            + (major == 3 ? " (.sf3, compressed)." : "."));
                }
                return;
            }
            at += 8 + size + (size & 1);
        }
        throw new SoundFontException("The SoundFont does not say its version.");
    }

    private static void checkSamples(FileChannel channel, long from, long to) throws IOException {
        for (long at = from; at + 8 <= to; ) {
            ByteBuffer chunk = read(channel, at, 8);
            long size = Integer.toUnsignedLong(chunk.getInt(4));
            if (text(chunk, 0).equals("shdr")) {
                for (long row = at + 8; row + SAMPLE_HEADER <= Math.min(at + 8 + size, to); row += SAMPLE_HEADER) {
                    if ((read(channel, row + 44, 2).getShort(0) & COMPRESSED) != 0) {
                        throw new SoundFontException(
                                "The SoundFont's samples are compressed (.sf3); only .sf2 can be played.");
                    }
                }
                return;
            }
            at += 8 + size + (size & 1);
        }
        throw new SoundFontException("The SoundFont holds no samples.");
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(0, length)).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new SoundFontException("The SoundFont ends too early.");
            }
        }
        return buffer.flip();
    }

    private static String text(ByteBuffer buffer, int at) {
        byte[] id = new byte[4];
        buffer.get(at, id);
        return new String(id, StandardCharsets.US_ASCII);
    }
}
