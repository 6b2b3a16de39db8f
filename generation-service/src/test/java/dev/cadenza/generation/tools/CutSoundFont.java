package dev.cadenza.generation.tools;

import com.sun.media.sound.ModelPatch;
import com.sun.media.sound.SF2GlobalRegion;
import com.sun.media.sound.SF2Instrument;
import com.sun.media.sound.SF2InstrumentRegion;
import com.sun.media.sound.SF2Layer;
import com.sun.media.sound.SF2LayerRegion;
import com.sun.media.sound.SF2Region;
import com.sun.media.sound.SF2Sample;
import com.sun.media.sound.SF2Soundbank;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sound.midi.Patch;

/**
 * Makes the SoundFont that comes with the service: takes a General MIDI SoundFont (FluidR3_GM, MIT), keeps the programs
 * and kits that the composer uses, makes stereo samples mono where that is no loss, shortens what rings for too long,
 * drops bits below the noise that a listener could hear, and packs the samples as FLAC.
 *
 * <p>Run it again, for instance after the composer has learnt a new instrument:
 *
 * <pre>java --add-exports java.desktop/com.sun.media.sound=ALL-UNNAMED CutSoundFont.java FluidR3_GM.sf2 OUTPUT_FOLDER FFMPEG_PROGRAM</pre>
 */
public final class CutSoundFont {

    /** General MIDI programs, from 0. */
    private static final Set<Integer> PROGRAMS = Set.of(
            0, 4, 9, 10, 11, 12, 14, 16, 22, 24, 25, 26, 27, 28, 29, 30, 32, 33, 38, 39, 40, 45, 46, 47, 48, 50, 52, 54,
            56, 60, 61, 62, 65, 68, 71, 73, 79, 80, 81, 87, 88, 89, 90, 95, 98, 104, 105, 108, 114);

    /** Kits on channel 10: standard, electronic, TR-808, brush. */
    private static final Set<Integer> KITS = Set.of(0, 24, 25, 40);

    /** Notes of the kits: kicks, snares, sticks, claps, hats, toms, cymbals, hand percussion, shakers, blocks. */
    private static final Set<Integer> KIT_NOTES = Set.of(
            35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 53, 54, 56, 62, 63, 64, 69, 70, 75, 76,
            82);

    /** Programs that keep both channels, because their width is part of the sound. */
    private static final Set<Integer> STEREO = Set.of(0);

    /** Where the pieces of a kit stand, -500 (left) to 500, as the audience sees them; the rest is in the middle. */
    private static final Map<Integer, Integer> PLACES = Map.ofEntries(
            Map.entry(42, 150),
            Map.entry(44, 150),
            Map.entry(46, 150),
            Map.entry(49, 200),
            Map.entry(51, -180),
            Map.entry(53, -180),
            Map.entry(50, 140),
            Map.entry(48, 70),
            Map.entry(47, 0),
            Map.entry(45, -70),
            Map.entry(43, -140),
            Map.entry(41, -200),
            Map.entry(54, 220),
            Map.entry(56, -150),
            Map.entry(62, -200),
            Map.entry(63, -160),
            Map.entry(64, -120),
            Map.entry(69, 260),
            Map.entry(70, -260),
            Map.entry(75, 200),
            Map.entry(76, -220),
            Map.entry(82, 250),
            Map.entry(37, -40));

    /** Longest unlooped sample, seconds. */
    private static final double LONGEST = 4.0;

    /** Quantisation noise below the signal's level in each FLAC block, dB. */
    private static final double NOISE_DB = 56;

    private static final int FRAME = 4096;

    private static final int GENERATOR_PAN = 17;

    private final SF2Soundbank cut = new SF2Soundbank();
    private final Map<SF2Sample, SF2Sample> samples = new HashMap<>();
    private final Map<SF2Layer, SF2Layer> layers = new HashMap<>();

    private CutSoundFont() {}

    /** Arguments: source SoundFont, output folder, FFmpeg program. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        SF2Soundbank source = new SF2Soundbank(Path.of(arguments[0]).toFile());
        Path sf2 = Files.createTempFile("cut", ".sf2");
        try {
            new CutSoundFont().cut(source, sf2);
            pack(sf2, folder, arguments[2]);
        } finally {
            Files.deleteIfExists(sf2);
        }
    }

    private void cut(SF2Soundbank source, Path target) throws IOException {
        cut.setName("Cadenza GM");
        cut.setRomName("");
        cut.setCreationDate(source.getCreationDate());
        cut.setProduct("");
        cut.setTargetEngine("EMU8000");
        cut.setVendor("Frank Wen, MIT licence");
        cut.setDescription("Cut from FluidR3_GM by CutSoundFont; see LICENSE.txt beside this file");
        cut.setTools("");
        for (SF2Instrument instrument : source.getInstruments()) {
            Patch patch = instrument.getPatch();
            boolean kit = patch instanceof ModelPatch model && model.isPercussion();
            if (patch.getBank() == 0 && (kit ? KITS : PROGRAMS).contains(patch.getProgram())) {
                copy(instrument, kit);
            }
        }
        cut.save(target.toFile());
    }

    private void copy(SF2Instrument from, boolean kit) {
        SF2Instrument to = new SF2Instrument(cut);
        to.setName(from.getName());
        to.setPatch(from.getPatch());
        to.setGlobalZone(global(from.getGlobalRegion()));
        boolean stereo = !kit && STEREO.contains(from.getPatch().getProgram());
        for (SF2InstrumentRegion region : from.getRegions()) {
            SF2Layer layer = layer(region.getLayer(), kit, stereo);
            if (!layer.getRegions().isEmpty()) {
                SF2InstrumentRegion copy = new SF2InstrumentRegion();
                copyRegion(region, copy);
                copy.setLayer(layer);
                to.getRegions().add(copy);
            }
        }
        cut.addInstrument(to);
    }

    private SF2Layer layer(SF2Layer from, boolean kit, boolean stereo) {
        SF2Layer known = layers.get(from);
        if (known != null) {
            return known;
        }
        SF2Layer to = new SF2Layer(cut);
        to.setName(from.getName());
        to.setGlobalZone(global(from.getGlobalRegion()));
        for (SF2LayerRegion region : from.getRegions()) {
            if (kit && !KIT_NOTES.contains(low(region, SF2Region.GENERATOR_KEYRANGE))) {
                continue;
            }
            int side = pan(region);
            boolean paired = !stereo && Math.abs(side) >= 400 && hasPartner(from, region);
            if (paired && side > 0) {
                continue;
            }
            SF2LayerRegion copy = new SF2LayerRegion();
            copyRegion(region, copy);
            if (paired) {
                int place = kit ? PLACES.getOrDefault(low(region, SF2Region.GENERATOR_KEYRANGE), 0) : 0;
                copy.putShort(GENERATOR_PAN, (short) place);
            }
            copy.setSample(sample(region.getSample()));
            to.getRegions().add(copy);
        }
        if (!to.getRegions().isEmpty()) {
            cut.addResource(to);
        }
        layers.put(from, to);
        return to;
    }

    private SF2Sample sample(SF2Sample from) {
        return samples.computeIfAbsent(from, source -> {
            SF2Sample to = new SF2Sample(cut);
            short[] data = data(source);
            long start = source.getStartLoop();
            long end = source.getEndLoop();
            int longest = (int) (LONGEST * source.getSampleRate());
            boolean whole = end - start > data.length * 0.9 || end <= start;
            if (whole && data.length > longest) {
                data = Arrays.copyOf(data, longest);
                int fade = (int) source.getSampleRate();
                for (int i = 0; i < fade; i++) {
                    double gain = (fade - i) / (double) fade;
                    data[longest - fade + i] = (short) (data[longest - fade + i] * gain * gain);
                }
                start = 8;
                end = data.length - 8L;
            }
            to.setName(source.getName());
            ByteBuffer bytes = ByteBuffer.allocate(data.length * 2).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(data);
            to.setData(bytes.array());
            to.setSampleRate(source.getSampleRate());
            to.setOriginalPitch(source.getOriginalPitch());
            to.setPitchCorrection(source.getPitchCorrection());
            to.setStartLoop(start);
            to.setEndLoop(end);
            // each sample plays alone: what was a pair is placed by its region's pan
            to.setSampleType(1);
            cut.addResource(to);
            return to;
        });
    }

    private static short[] data(SF2Sample sample) {
        try (var in = sample.getDataBuffer().getInputStream()) {
            byte[] bytes = in.readAllBytes();
            short[] data = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(data);
            return data;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SF2GlobalRegion global(SF2GlobalRegion from) {
        if (from == null) {
            return null;
        }
        SF2GlobalRegion to = new SF2GlobalRegion();
        copyRegion(from, to);
        return to;
    }

    private static void copyRegion(SF2Region from, SF2Region to) {
        to.getGenerators().putAll(from.getGenerators());
        to.getModulators().addAll(from.getModulators());
    }

    private static boolean hasPartner(SF2Layer layer, SF2LayerRegion region) {
        return layer.getRegions().stream()
                .anyMatch(other -> other != region
                        && pan(other) == -pan(region)
                        && range(other, SF2Region.GENERATOR_KEYRANGE) == range(region, SF2Region.GENERATOR_KEYRANGE)
                        && range(other, SF2Region.GENERATOR_VELRANGE) == range(region, SF2Region.GENERATOR_VELRANGE));
    }

    private static int pan(SF2Region region) {
        return region.contains(GENERATOR_PAN) ? region.getShort(GENERATOR_PAN) : 0;
    }

    private static int low(SF2Region region, int generator) {
        return region.contains(generator) ? region.getShort(generator) & 0xFF : -1;
    }

    private static int range(SF2Region region, int generator) {
        return region.contains(generator) ? region.getShort(generator) & 0xFFFF : -1;
    }

    // ---- packing ----

    private static void pack(Path sf2, Path folder, String ffmpeg)
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        byte[] file = Files.readAllBytes(sf2);
        int chunk = find(file, "smpl");
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(chunk + 4);
        int start = chunk + 8;
        ByteBuffer pcm = ByteBuffer.wrap(file, start, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[length / 2];
        pcm.asShortBuffer().get(samples);
        dropInaudibleBits(samples);
        pcm.asShortBuffer().put(samples);

        Path raw = Files.createTempFile("cut", ".raw");
        Path flac = folder.resolve("cadenza-gm.flac");
        Files.write(raw, Arrays.copyOfRange(file, start, start + length));
        Process process = new ProcessBuilder(List.of(
                        ffmpeg,
                        "-y",
                        "-loglevel",
                        "error",
                        "-f",
                        "s16le",
                        "-ar",
                        "44100",
                        "-ac",
                        "1",
                        "-i",
                        raw.toString(),
                        "-c:a",
                        "flac",
                        "-compression_level",
                        "12",
                        "-frame_size",
                        Integer.toString(FRAME),
                        "-map_metadata",
                        "-1",
                        "-bitexact",
                        flac.toString()))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg failed");
        }
        Files.delete(raw);

        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(file, 0, start);
        frame.write(file, start + length, file.length - start - length);
        Files.write(folder.resolve("cadenza-gm.frame"), frame.toByteArray());

        Properties facts = new Properties();
        facts.setProperty("samples.offset", Integer.toString(start));
        facts.setProperty("samples.bytes", Integer.toString(length));
        facts.setProperty(
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        StringBuilder text = new StringBuilder("# Written by CutSoundFont\n");
        facts.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> text.append(key)
                        .append('=')
                        .append(facts.getProperty(key))
                        .append('\n'));
        Files.writeString(folder.resolve("cadenza-gm.properties"), text.toString(), StandardCharsets.ISO_8859_1);
        System.out.printf("sf2 %,d bytes, flac %,d bytes%n", file.length, Files.size(flac));
    }

    /** FLAC stores a block whose low bits are all zero without them; the step stays NOISE_DB below the block's level. */
    private static void dropInaudibleBits(short[] samples) {
        for (int from = 0; from < samples.length; from += FRAME) {
            int to = Math.min(samples.length, from + FRAME);
            // the quietest eighth decides, so that a decay inside the block keeps its detail
            double quietest = Double.MAX_VALUE;
            int part = FRAME / 8;
            for (int p = from; p < to; p += part) {
                double sum = 0;
                int end = Math.min(to, p + part);
                for (int i = p; i < end; i++) {
                    sum += (double) samples[i] * samples[i];
                }
                double level = Math.sqrt(sum / (end - p));
                if (level > 1) {
                    quietest = Math.min(quietest, level);
                }
            }
            double noise = quietest == Double.MAX_VALUE ? 0 : quietest * Math.pow(10, -NOISE_DB / 20);
            int bits = 0;
            while (bits < 6 && (1 << (bits + 1)) / Math.sqrt(12) <= noise) {
                bits++;
            }
            int step = 1 << bits;
            for (int i = from; bits > 0 && i < to; i++) {
                int rounded = Math.floorDiv(samples[i] + step / 2, step) * step;
                samples[i] = (short) (rounded > Short.MAX_VALUE ? rounded - step : rounded);
            }
        }
    }

    private static int find(byte[] file, String id) {
        byte[] wanted = id.getBytes(StandardCharsets.US_ASCII);
        for (int i = 12; i < file.length - 8; i++) {
            if (Arrays.equals(file, i, i + 4, wanted, 0, 4)) {
                return i;
            }
        }
        throw new IllegalStateException("no chunk " + id);
    }
}
