package dev.cadenza.platform.audio;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the first bytes of a file say: its format, and how long it claims to be. Names are never looked at.
 *
 * @param declaredSeconds what WAV sizes or an MP3's Xing, Info or VBRI frame claim; 0 where there is no such claim
 */
record AudioHeader(AudioFormat format, double declaredSeconds) {

    /** Junk that is skipped before the first MP3 frame. */
    private static final int MP3_SEARCH = 64 * 1024;

    private static final int[] BITRATES_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] BITRATES_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES_1 = {44_100, 48_000, 32_000};

    /** Reads it, or says why this is no audio file that the platform takes: too many tags are a reason. */
    static AudioHeader read(Path file) throws IOException, UndecodableAudioException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                throw new UndecodableAudioException(Problem.EMPTY, "The file is empty.");
            }
            long start = afterId3(channel);
            ByteBuffer head = at(channel, start, 16);
            AudioFormat format = format(head);
            TagCount.demandFew(channel, format, start);
            return new AudioHeader(
                    format,
                    switch (format) {
                        case WAV -> wav(channel);
                        case MP3 -> mp3(channel, start);
                        case FLAC, OGG, M4A -> 0;
                    });
        }
    }

    private static AudioFormat format(ByteBuffer head) {
        if (starts(head, 0, "RIFF") && starts(head, 8, "WAVE") || starts(head, 0, "RF64")) {
            return AudioFormat.WAV;
        }
        if (starts(head, 0, "fLaC")) {
            return AudioFormat.FLAC;
        }
        if (starts(head, 0, "OggS")) {
            return AudioFormat.OGG;
        }
        return starts(head, 4, "ftyp") ? AudioFormat.M4A : AudioFormat.MP3;
    }

    private static long afterId3(FileChannel channel) throws IOException {
        long position = 0;
        for (int tags = 0; tags < 8; tags++) {
            ByteBuffer head = at(channel, position, 10);
            if (head.remaining() < 10 || !starts(head, 0, "ID3") || (head.get(3) & 0xFF) == 0xFF) {
                return position;
            }
            long size = 0;
            for (int i = 6; i < 10; i++) {
                size = size << 7 | (head.get(i) & 0x7F);
            }
            boolean footer = (head.get(5) & 0x10) != 0;
            position += 10 + size + (footer ? 10 : 0);
        }
        return position;
    }

    private static double wav(FileChannel channel) throws IOException, UndecodableAudioException {
        long position = 12;
        long byteRate = 0;
        while (position + 8 <= channel.size()) {
            ByteBuffer head = at(channel, position, 24);
            long size = head.getInt(4) & 0xFFFF_FFFFL;
            if (starts(head, 0, "fmt ") && head.remaining() >= 20) {
                byteRate = head.getInt(16) & 0xFFFF_FFFFL;
            }
            if (starts(head, 0, "data")) {
                if (position + 8 >= channel.size()) {
                    throw new UndecodableAudioException(
                            Problem.EMPTY, "The WAV file has a header and no audio behind it.");
                }
                // programs that write to a pipe cannot know the size and put 0 or the largest number there
                boolean unknown = size == 0 || size >= 0x7FFF_0000L;
                return unknown || byteRate == 0 ? 0 : (double) size / byteRate;
            }
            position += 8 + size + (size & 1);
        }
        throw new UndecodableAudioException(Problem.EMPTY, "The WAV file has no audio data.");
    }

    private static double mp3(FileChannel channel, long start) throws IOException, UndecodableAudioException {
        ByteBuffer window = at(channel, start, MP3_SEARCH);
        boolean lonely = false;
        for (int i = 0; i + 4 <= window.remaining(); i++) {
            Optional<Mp3Frame> found = Mp3Frame.parse(window, i);
            if (found.isEmpty()) {
                continue;
            }
            Mp3Frame frame = found.get();
            long next = start + i + frame.length();
            ByteBuffer second = at(channel, next, 4);
            if (second.remaining() == 4
                    && Mp3Frame.parse(second, 0).filter(frame::continues).isPresent()) {
                return frame.declaredSeconds(at(channel, start + i, 256));
            }
            // a file of one frame, perhaps with the old tag of 128 bytes behind it
            lonely |= i == 0 && (next == channel.size() || next + 128 == channel.size());
        }
        if (lonely) {
            return 0;
        }
        if (start > 0) {
            throw new UndecodableAudioException(Problem.TRUNCATED, "The file has tags and no audio behind them.");
        }
        throw new UndecodableAudioException(
                Problem.UNSUPPORTED, "The content is not MP3, WAV, FLAC, OGG or M4A audio.");
    }

    static ByteBuffer at(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        long from = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, from);
            if (read < 0) {
                break;
            }
            from += read;
        }
        return buffer.flip();
    }

    static boolean starts(ByteBuffer buffer, int index, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
        if (buffer.remaining() < index + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (buffer.get(index + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Header of one frame of MPEG audio layer III. */
    private record Mp3Frame(int version, int sampleRate, boolean mono, int length, int samples) {

        static Optional<Mp3Frame> parse(ByteBuffer bytes, int index) {
            int header = Integer.reverseBytes(bytes.getInt(index));
            int version = header >>> 19 & 3;
            int bitrate = header >>> 12 & 15;
            int rate = header >>> 10 & 3;
            boolean synced = header >>> 21 == 0x7FF && version != 1 && (header >>> 17 & 3) == 1;
            if (!synced || bitrate == 0 || bitrate == 15 || rate == 3 || (header & 3) == 2) {
                return Optional.empty();
            }
            boolean first = version == 3;
            int sampleRate = RATES_1[rate] / (first ? 1 : version == 2 ? 2 : 4);
            int kbps = (first ? BITRATES_1 : BITRATES_2)[bitrate];
            int length = (first ? 144_000 : 72_000) * kbps / sampleRate + (header >>> 9 & 1);
            return Optional.of(new Mp3Frame(version, sampleRate, (header >>> 6 & 3) == 3, length, first ? 1152 : 576));
        }

        boolean continues(Mp3Frame other) {
            return version == other.version && sampleRate == other.sampleRate;
        }

        double declaredSeconds(ByteBuffer frame) {
            int xing = 4 + (version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17));
            long frames = 0;
            if ((starts(frame, xing, "Xing") || starts(frame, xing, "Info"))
                    && frame.remaining() >= xing + 12
                    && (frame.get(xing + 7) & 1) == 1) {
                frames = Integer.reverseBytes(frame.getInt(xing + 8)) & 0xFFFF_FFFFL;
            } else if (starts(frame, 36, "VBRI") && frame.remaining() >= 54) {
                frames = Integer.reverseBytes(frame.getInt(50)) & 0xFFFF_FFFFL;
            }
            return (double) frames * samples / sampleRate;
        }
    }
}
