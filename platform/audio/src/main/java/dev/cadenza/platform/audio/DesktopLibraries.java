package dev.cadenza.platform.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes the desktop out of the FFmpeg that comes from the registry: its {@code libavdevice} demands the libraries of
 * X11, ALSA and PulseAudio, which a server does not have and without which the program does not even start. Nothing
 * here records from a screen or a microphone, so those demands are rewritten into one for {@code libc}, which is there
 * anyway; the library's calls into them bind lazily and never happen.
 */
final class DesktopLibraries {

    private static final Set<String> UNWANTED = Set.of("libxcb", "libasound", "libpulse", "libX11", "libXext");

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffeL;

    private final ByteBuffer elf;

    private DesktopLibraries(ByteBuffer elf) {
        this.elf = elf;
    }

    /** Rewrites a 64-bit little-endian ELF library in place; leaves anything else as it is. */
    static void detach(Path library) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(library)).order(ByteOrder.LITTLE_ENDIAN);
        if (elf.remaining() > 64 && elf.getInt(0) == 0x464C457F && elf.get(4) == 2 && elf.get(5) == 1) {
            if (new DesktopLibraries(elf).rewrite()) {
                Files.write(library, elf.array());
            }
        }
    }

    private boolean rewrite() {
        int dynamic = (int) segment(PT_DYNAMIC, -1);
        Map<Long, Long> tags = new HashMap<>();
        long libc = -1;
        for (int at = dynamic; elf.getLong(at) != 0; at += 16) {
            tags.put(elf.getLong(at), elf.getLong(at + 8));
        }
        long strings = fileOffset(tags.getOrDefault(DT_STRTAB, 0L));
        for (int at = dynamic; elf.getLong(at) != 0; at += 16) {
            if (elf.getLong(at) == DT_NEEDED
                    && text(strings + elf.getLong(at + 8)).startsWith("libc.so")) {
                libc = elf.getLong(at + 8);
            }
        }
        boolean changed = false;
        if (libc < 0) {
            return false;
        }
        for (int at = dynamic; elf.getLong(at) != 0; at += 16) {
            if (elf.getLong(at) == DT_NEEDED && unwanted(text(strings + elf.getLong(at + 8)))) {
                elf.putLong(at + 8, libc);
                changed = true;
            }
        }
        if (changed && tags.containsKey(DT_VERNEED)) {
            versions(fileOffset(tags.get(DT_VERNEED)), strings);
        }
        return changed;
    }

    /** Leaves the demands for versions of libraries that are not asked for any more out of their list. */
    private void versions(long first, long strings) {
        int kept = -1;
        int need = (int) first;
        while (true) {
            int next = elf.getInt(need + 12);
            boolean drop = unwanted(text(strings + elf.getInt(need + 4)));
            if (!drop) {
                kept = need;
            } else if (kept >= 0) {
                // the loader follows these offsets and does not count
                elf.putInt(kept + 12, next == 0 ? 0 : need + next - kept);
            }
            if (next == 0) {
                return;
            }
            need += next;
        }
    }

    private long fileOffset(long address) {
        return address - segment(PT_LOAD, address);
    }

    /** For PT_DYNAMIC its place in the file, for PT_LOAD what to take off an address inside it. */
    private long segment(int type, long address) {
        int table = (int) elf.getLong(32);
        for (int i = 0; i < elf.getShort(56); i++) {
            int at = table + i * elf.getShort(54);
            long offset = elf.getLong(at + 8);
            long virtual = elf.getLong(at + 16);
            if (elf.getInt(at) == type
                    && (address < 0 || (address >= virtual && address < virtual + elf.getLong(at + 32)))) {
                return address < 0 ? offset : virtual - offset;
            }
        }
        throw new IllegalStateException("no segment of type " + type);
    }

    private String text(long at) {
        int end = (int) at;
        while (elf.get(end) != 0) {
            end++;
        }
        return new String(elf.array(), (int) at, end - (int) at, StandardCharsets.US_ASCII);
    }

    private static boolean unwanted(String library) {
        return UNWANTED.stream().anyMatch(library::startsWith);
    }
}
