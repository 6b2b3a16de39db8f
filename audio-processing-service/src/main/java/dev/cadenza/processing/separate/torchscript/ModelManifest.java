package dev.cadenza.processing.separate.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator says about a model, in a file {@code manifest.json} beside it.
 *
 * @param name how the engine is chosen
 * @param file the TorchScript module
 * @param sha256 of that file, in hexadecimal; another file is not loaded
 * @param licence SPDX expression
 * @param sampleRate that the model was made for
 * @param channels that it takes, 1 or 2
 * @param segmentSeconds length of its input; the last one is filled up with silence
 * @param stem which of several parts that a waveform model gives is the voice, from 0
 * @param window of a mask model's spectrum: a Hann window of this many samples at a quarter hop
 */
record ModelManifest(
        String name,
        String version,
        Path file,
        String sha256,
        String licence,
        Kind kind,
        int sampleRate,
        int channels,
        double segmentSeconds,
        int stem,
        int window) {

    static final String FILE = "manifest.json";
    static final String TASK = "vocal-separation";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What goes in and comes out. */
    enum Kind {
        /** {@code [1, channels, samples]} gives {@code [1, channels, samples]} or {@code [1, parts, channels, samples]}. */
        WAVEFORM,
        /** Magnitudes {@code [1, channels, bins, frames]} give a mask, 0 to 1, of the same shape. */
        MASK
    }

    /** Whether this manifest is about splitting songs at all; others belong to other engines. */
    static boolean isForSeparation(Path manifest) throws IOException {
        return read(manifest).path("task").asString("").equals(TASK);
    }

    /** Reads a manifest; fails with a message for the operator. */
    static ModelManifest of(Path manifest) throws IOException {
        JsonNode json = read(manifest);
        String name = json.path("name").asString("");
        demand(NAME.matcher(name).matches() && !name.equals("spectral"), manifest, "name");
        String version = json.path("version").asString("");
        demand(!version.isBlank() && version.length() <= 64, manifest, "version");
        String licence = json.path("licence").asString("");
        demand(!licence.isBlank(), manifest, "licence");
        demand(json.path("format").asString("torchscript").equals("torchscript"), manifest, "format");
        String file = json.path("file").asString("");
        // beside the manifest and nowhere else
        demand(!file.isEmpty() && Path.of(file).getNameCount() == 1 && !file.startsWith("."), manifest, "file");
        String sha256 = json.path("sha256").asString("").toLowerCase(Locale.ROOT);
        demand(SHA256.matcher(sha256).matches(), manifest, "sha256");
        int sampleRate = json.path("sample_rate").asInt(0);
        demand(sampleRate >= 8_000 && sampleRate <= 192_000, manifest, "sample_rate");
        int channels = json.path("channels").asInt(0);
        demand(channels == 1 || channels == 2, manifest, "channels");
        double segment = json.path("segment_seconds").asDouble(10);
        demand(segment >= 1 && segment <= 120, manifest, "segment_seconds");
        int stem = json.path("stem").asInt(0);
        demand(stem >= 0 && stem < 16, manifest, "stem");
        int window = json.path("window").asInt(4096);
        demand(window >= 256 && window <= 16_384 && Integer.bitCount(window) == 1, manifest, "window");
        Kind kind =
                switch (json.path("kind").asString("")) {
                    case "waveform" -> Kind.WAVEFORM;
                    case "mask" -> Kind.MASK;
                    default -> throw wrong(manifest, "kind");
                };
        return new ModelManifest(
                name,
                version,
                manifest.resolveSibling(file),
                sha256,
                licence,
                kind,
                sampleRate,
                channels,
                segment,
                stem,
                window);
    }

    /** Fails where the file is missing or is not the one that the manifest speaks of. */
    void verify() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("model " + name + ": there is no file " + file);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(sha256)) {
                throw new IOException("model " + name + ": " + file + " has the checksum " + found + ", not " + sha256);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Path manifest) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(manifest));
        } catch (JacksonException e) {
            throw new IOException(manifest + " is not JSON", e);
        }
    }

    private static void demand(boolean right, Path manifest, String field) throws IOException {
        if (!right) {
            throw wrong(manifest, field);
        }
    }

    private static IOException wrong(Path manifest, String field) {
        return new IOException(manifest + ": the field '" + field + "' is missing or wrong");
    }
}
