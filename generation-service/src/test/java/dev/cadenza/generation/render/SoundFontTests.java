package dev.cadenza.generation.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.compose.Programs;
import dev.cadenza.generation.compose.Style;
import dev.cadenza.generation.compose.Styles;
import dev.cadenza.generation.music.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFontTests {

    @TempDir
    Path folder;

    @Test
    void theOneThatComesWithTheBuildHasEverythingThatTheComposerPlays() {
        SoundFont font = Sounds.font();
        Set<String> played = new HashSet<>();
        for (Style style : Styles.all()) {
            for (Part part : Wishes.score(Wishes.of(style.name())).parts()) {
                played.add(part.name());
                assertThat(font.instrument(part.isKit(), part.program()))
                        .as("%s %d", part.name(), part.program())
                        .hasValueSatisfying(found ->
                                assertThat(found.getPatch().getProgram()).isEqualTo(part.program()));
            }
        }
        assertThat(played).hasSizeGreaterThan(20);
        for (int program = 0; program < 128; program++) {
            if (!Programs.name(program).startsWith("Program ")) {
                int wanted = program;
                assertThat(font.instrument(false, program))
                        .hasValueSatisfying(found ->
                                assertThat(found.getPatch().getProgram()).isEqualTo(wanted));
            }
        }
    }

    @Test
    void isUnpackedOnceAndLeavesNothingElseBehind() throws IOException {
        Path file = BundledSoundFont.unpack(folder, Sounds::decode);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
        assertThat(BundledSoundFont.unpack(folder, (flac, raw, rate) -> {
                    throw new IOException("decoded again");
                }))
                .isEqualTo(file);
    }

    @Test
    void aWrongDecodingIsNoticed() throws IOException {
        assertThatThrownBy(() -> BundledSoundFont.unpack(folder, (flac, raw, rate) -> Files.write(raw, new byte[4000])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("hash");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void refusesACompressedSf3ByItsVersion() throws IOException {
        byte[] bytes = head(Sounds.file());
        int version = find(bytes, "ifil") + 8;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(version, (short) 3);
        assertThatThrownBy(() -> SoundFont.load(write(bytes)))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining(".sf3");
    }

    @Test
    void refusesCompressedSamplesInAFileThatCallsItselfVersionTwo() throws IOException {
        Path file = folder.resolve("liar.sf2");
        Files.copy(Sounds.file(), file);
        try (var channel = java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.WRITE, java.nio.file.StandardOpenOption.READ)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), 200_000));
            channel.read(tail, channel.size() - tail.capacity());
            int header = find(tail.array(), "shdr");
            long type = channel.size() - tail.capacity() + header + 8 + 44;
            channel.write(
                    ByteBuffer.allocate(2)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putShort((short) 0x11)
                            .flip(),
                    type);
        }
        assertThatThrownBy(() -> SoundFont.load(file))
                .isInstanceOf(SoundFontException.class)
                .hasMessageContaining("compressed");
    }

    @Test
    void refusesWhatIsNoSoundFont() throws IOException {
        for (byte[] bytes : new byte[][] {
            {},
            "RIFF".getBytes(StandardCharsets.US_ASCII),
            "just some text, long enough to look at".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(head(Sounds.file()), 300)
        }) {
            assertThatThrownBy(() -> SoundFont.load(write(bytes))).isInstanceOf(SoundFontException.class);
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("font.sf2"), bytes);
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(4096);
        }
    }

    private static int find(byte[] bytes, String id) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(id);
    }
}
