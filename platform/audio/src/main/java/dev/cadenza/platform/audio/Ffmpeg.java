package dev.cadenza.platform.audio;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * FFmpeg as a child process. Foreign bytes are decoded outside this JVM, by a demuxer that is forced from their
 * content (so a playlist or a page never becomes a request), under limits on time, memory and output, without network
 * protocols. Every call blocks until the child has ended: call on a bounded pool. Thread-safe.
 *
 * <p>Which FFmpeg is used: see {@link AudioSettings#ffmpeg()}; by default the LGPL build that the build fetched, not
 * the machine's own, so that results are the same everywhere.
 */
public final class Ffmpeg {

    private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);

    /** A longer file is proven decodable by its beginning; its length is still counted to the end. */
    private static final Duration DECODED_BY_PROBE = Duration.ofMinutes(5);

    private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PROBE_WORK = Duration.ofSeconds(10);
    private static final int PROBE_OUTPUT = 1 << 20;
    private static final int PROGRESS_OUTPUT = 4096;

    /** FFmpeg's exit code where it was asked to end, by SIGTERM and the like. */
    private static final int TERMINATED = 255;

    private static final int TAGS = 64;
    private static final String NAMES = "=title,artist,album,album_artist,albumartist,genre,date,year,tyer,tdrc";
    private static final String WANTED_TAGS = ":format_tags" + NAMES + ":stream_tags" + NAMES;
    private static final int TAG_LENGTH = 500;

    /** Only these decoders exist for a file that somebody sent. */
    private static final String DECODERS = "mp3float,mp3,flac,vorbis,libvorbis,opus,libopus,aac,alac,"
            + "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,"
            + "pcm_f64le,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav";

    private static final Pattern OUT_TIME = Pattern.compile("out_time_us=(\\d+)");
    private static final Pattern INTEGRATED = Pattern.compile("\\bI:\\s+(-?[\\d.]+|-inf|nan) LUFS");
    private static final Pattern RANGE = Pattern.compile("\\bLRA:\\s+(-?[\\d.]+|-inf|nan) LU");
    private static final Pattern PEAK = Pattern.compile("\\bPeak:\\s+(-?[\\d.]+|-inf|nan) dBFS");

    private final AudioSettings settings;
    private final FfmpegProgram program;
    private final ChildProcess children;
    private final JsonMapper json = JsonMapper.shared();
    private final String version;
    private final boolean vorbis;

    private Ffmpeg(AudioSettings settings, FfmpegProgram program) throws IOException {
        this.settings = settings;
        this.program = program;
        this.children = new ChildProcess(settings);
        ChildProcess.Ended hello = children.run(
                program.ffmpeg(), List.of("-hide_banner", "-encoders"), 1 << 16, PROBE_TIMEOUT, Cancellation.NEVER);
        if (hello.exit() != 0) {
            throw new FfmpegFailedException(
                    "FFmpeg does not start here: " + hello.stderr().strip(), false);
        }
        this.vorbis = hello.stdout().contains(" libvorbis ");
        ChildProcess.Ended about =
                children.run(program.ffmpeg(), List.of("-version"), 1 << 16, PROBE_TIMEOUT, Cancellation.NEVER);
        Matcher found = Pattern.compile("^ffmpeg version (\\S+)").matcher(about.stdout());
        this.version = found.find() ? found.group(1) : "unknown";
    }

    /**
     * Finds the program, unpacking it on first use, and makes sure that it starts.
     *
     * @throws IOException with a message for the operator
     */
    public static Ffmpeg open(AudioSettings settings) throws IOException {
        FfmpegProgram program = FfmpegProgram.locate(settings);
        Ffmpeg ffmpeg = new Ffmpeg(settings, program);
        LOG.info("FFmpeg {} at {}", ffmpeg.version, program.ffmpeg());
        return ffmpeg;
    }

    /** Version of the program, such as {@code 8.0.1}. */
    public String version() {
        return version;
    }

    /**
     * Finds out what the file is, and refuses what is not usable audio: another kind of content, an empty, cut off or
     * undecodable file, one beyond the limits. The length is that of the data, whatever the header claims.
     *
     * @throws FfmpegFailedException where the program was killed or ran out of time, which says nothing about the
     *     audio: another try may succeed
     */
    public AudioInfo probe(Path file) throws UndecodableAudioException, IOException {
        AudioHeader header = AudioHeader.read(file);
        try {
            return probe(file, header);
        } catch (ChildProcess.TimedOutException e) {
            // on a busy machine any file takes long
            throw new FfmpegFailedException(String.valueOf(e.getMessage()), true);
        }
    }

    private AudioInfo probe(Path file, AudioHeader header) throws UndecodableAudioException, IOException {
        AudioFormat format = header.format();
        JsonNode facts = facts(file, format);
        JsonNode stream = audioStream(facts, format);
        int channels = stream.path("channels").asInt(0);
        int sampleRate = integer(stream.path("sample_rate").asString("0"));
        String codec = stream.path("codec_name").asString("");
        if (channels < 1 || sampleRate < 1 || codec.isEmpty()) {
            throw corrupt(format);
        }
        if (channels > settings.maxChannels()) {
            throw new UndecodableAudioException(
                    Problem.BEYOND_LIMITS, "The audio has more than " + settings.maxChannels() + " channels.");
        }
        if (sampleRate > settings.maxSampleRate()) {
            throw new UndecodableAudioException(
                    Problem.BEYOND_LIMITS, "The sample rate is above " + settings.maxSampleRate() + " Hz.");
        }
        double stored = pass(file, format, settings.maxDuration().plusSeconds(1), true);
        if (stored > settings.maxDuration().toMillis() / 1000.0) {
            throw new UndecodableAudioException(
                    Problem.BEYOND_LIMITS,
                    "The audio is longer than " + settings.maxDuration().toMinutes() + " minutes.");
        }
        double expected = Math.min(stored, DECODED_BY_PROBE.toSeconds());
        double decoded = pass(file, format, DECODED_BY_PROBE, false);
        if (decoded <= 0) {
            throw stored <= 0
                    ? new UndecodableAudioException(Problem.EMPTY, "The file holds no audio.")
                    : corrupt(format);
        }
        if (decoded < expected * 0.9 - 0.2) {
            throw corrupt(format);
        }
        double duration = stored > DECODED_BY_PROBE.toSeconds() ? stored : decoded;
        // MP3 without such a frame only has an estimate, which is wrong for variable bit rates
        double declared = header.declaredSeconds() > 0 || format == AudioFormat.MP3 || format == AudioFormat.WAV
                ? header.declaredSeconds()
                : decimal(stream.path("duration").asString("0"));
        if (duration < declared * 0.95 - 0.5) {
            throw new UndecodableAudioException(
                    Problem.TRUNCATED,
                    String.format(
                            Locale.ROOT,
                            "The file is cut off: it declares %.1f seconds and holds %.1f.",
                            declared,
                            duration));
        }
        int kbps = (int) Math.max(1, Math.round(Files.size(file) * 8 / duration / 1000));
        return new AudioInfo(format.word(), codec, duration, sampleRate, channels, kbps, tags(facts, stream));
    }

    /**
     * Decodes to raw interleaved little-endian float32.
     *
     * @param channels 1 mixes down, 2 makes stereo of anything
     * @throws CancellationException once the cancellation was seen; the output is gone then
     */
    public void decode(Path in, Path rawFloat32, int sampleRate, int channels, Cancellation cancellation)
            throws UndecodableAudioException, IOException {
        AudioFormat format = AudioHeader.read(in).format();
        List<String> arguments = input(format, in);
        arguments.addAll(audioOnly());
        arguments.addAll(List.of("-t", seconds(settings.maxDuration())));
        arguments.addAll(List.of("-ar", Integer.toString(sampleRate), "-ac", Integer.toString(channels)));
        arguments.addAll(List.of("-c:a", "pcm_f32le", "-f", "f32le", "file:" + rawFloat32.toAbsolutePath()));
        ChildProcess.Ended ended = produce(arguments, rawFloat32, settings.wallTimeout(), cancellation);
        if (ended.exit() != 0 || Files.size(rawFloat32) == 0) {
            Files.deleteIfExists(rawFloat32);
            if (killed(ended)) {
                throw failed("decode", ended);
            }
            throw corrupt(format);
        }
    }

    /**
     * Encodes a WAV file of our own, or raw float32 (see {@link EncodeOptions#raw()}).
     *
     * @throws CancellationException once the cancellation was seen; the output is gone then
     */
    public void encode(Path wavOrRaw, Path out, AudioFormat format, EncodeOptions options, Cancellation cancellation)
            throws IOException {
        List<String> arguments = new ArrayList<>(common());
        EncodeOptions.Raw raw = options.raw();
        if (raw == null) {
            arguments.addAll(List.of("-f", "wav"));
        } else {
            arguments.addAll(List.of(
                    "-f", "f32le", "-ar", Integer.toString(raw.sampleRate()), "-ac", Integer.toString(raw.channels())));
        }
        arguments.addAll(List.of("-i", "file:" + wavOrRaw.toAbsolutePath()));
        arguments.addAll(audioOnly());
        // the same input gives the same bytes
        arguments.addAll(List.of("-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"));
        options.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(tag -> arguments.addAll(List.of("-metadata", tag.getKey() + "=" + clean(tag.getValue()))));
        arguments.addAll(codec(format, options));
        arguments.add("file:" + out.toAbsolutePath());
        ChildProcess.Ended ended = produce(arguments, out, settings.wallTimeout(), cancellation);
        if (ended.exit() != 0 || Files.size(out) == 0) {
            Files.deleteIfExists(out);
            throw failed("encode", ended);
        }
    }

    /**
     * Makes a file that somebody sent into another kind. The output grows while this runs; the same input gives the same
     * bytes.
     *
     * @param channels of the input
     * @throws CancellationException once the cancellation was seen; the output is gone then
     */
    public void transcode(Path in, int channels, Path out, Transcoding wanted, Cancellation cancellation)
            throws UndecodableAudioException, IOException {
        AudioFormat format = AudioHeader.read(in).format();
        List<String> arguments = input(format, in);
        arguments.addAll(audioOnly());
        arguments.addAll(List.of("-t", seconds(settings.maxDuration())));
        arguments.addAll(List.of("-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"));
        arguments.addAll(wanted.arguments(channels));
        arguments.add("file:" + out.toAbsolutePath());
        ChildProcess.Ended ended = produce(arguments, out, settings.wallTimeout(), cancellation);
        if (ended.exit() != 0 || Files.size(out) == 0) {
            Files.deleteIfExists(out);
            if (killed(ended)) {
                throw failed("transcode", ended);
            }
            throw corrupt(format);
        }
    }

    /** Measures the loudness of the whole file. */
    public Loudness loudness(Path file) throws UndecodableAudioException, IOException {
        return loudness(file, Cancellation.NEVER);
    }

    /**
     * Measures the loudness of the whole file; decodes all of it, so that its duration is exact.
     *
     * @throws CancellationException once the cancellation was seen
     */
    public Loudness loudness(Path file, Cancellation cancellation) throws UndecodableAudioException, IOException {
        AudioFormat format = AudioHeader.read(file).format();
        List<String> arguments = new ArrayList<>(input(format, file));
        arguments.set(arguments.indexOf("error"), "info");
        arguments.addAll(audioOnly());
        arguments.addAll(List.of("-t", seconds(settings.maxDuration())));
        arguments.addAll(List.of("-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"));
        ChildProcess.Ended ended =
                children.run(program.ffmpeg(), arguments, PROGRESS_OUTPUT, settings.wallTimeout(), cancellation);
        return loudness(ended, outTime(ended), format);
    }

    /**
     * Measures the loudness of the whole file and hands all of it on, decoded and mixed down to one channel.
     *
     * @param sampleRate of what is handed on
     * @param sink called on another thread, never after this has returned what was measured
     * @throws FfmpegFailedException where the program was killed or ran out of time, which says nothing about the
     *     audio: another try may succeed
     * @throws CancellationException once the cancellation was seen
     */
    public Loudness listen(Path file, int sampleRate, PcmSink sink, Cancellation cancellation)
            throws UndecodableAudioException, IOException {
        AudioFormat format = AudioHeader.read(file).format();
        List<String> arguments = new ArrayList<>(input(format, file));
        arguments.set(arguments.indexOf("error"), "info");
        // standard output is for the samples
        arguments.set(arguments.indexOf("pipe:1"), "file:/dev/null");
        arguments.addAll(audioOnly());
        arguments.addAll(List.of("-t", seconds(settings.maxDuration())));
        arguments.addAll(List.of("-af", "ebur128=peak=true:framelog=quiet"));
        arguments.addAll(List.of("-ar", Integer.toString(sampleRate), "-ac", "1"));
        arguments.addAll(List.of("-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"));
        Samples samples = new Samples(sink);
        try {
            ChildProcess.Ended ended =
                    children.run(program.ffmpeg(), arguments, samples, settings.wallTimeout(), cancellation);
            return loudness(ended, (double) samples.count / sampleRate, format);
        } catch (ChildProcess.TimedOutException e) {
            throw new FfmpegFailedException(String.valueOf(e.getMessage()), true);
        }
    }

    /** Bytes of 16 bit samples, as they come out of a pipe. */
    private static final class Samples implements ChildProcess.Output {
        private final PcmSink sink;
        private short[] block = new short[0];
        private int odd = -1;
        private long count;

        Samples(PcmSink sink) {
            this.sink = sink;
        }

        @Override
        public void take(byte[] bytes, int length) {
            if (block.length <= length / 2) {
                block = new short[length / 2 + 1];
            }
            int made = 0;
            for (int i = 0; i < length; i++) {
                if (odd < 0) {
                    odd = bytes[i] & 0xFF;
                } else {
                    block[made++] = (short) (bytes[i] << 8 | odd);
                    odd = -1;
                }
            }
            count += made;
            sink.accept(block, made);
        }
    }

    private static Loudness loudness(ChildProcess.Ended ended, double duration, AudioFormat format)
            throws UndecodableAudioException, IOException {
        if (killed(ended)) {
            throw failed("measure", ended);
        }
        OptionalDouble integrated = last(INTEGRATED, ended.stderr());
        if (ended.exit() != 0 || integrated.isEmpty() || duration <= 0) {
            throw corrupt(format);
        }
        boolean silent = integrated.getAsDouble() <= -69.95;
        OptionalDouble peak = last(PEAK, ended.stderr());
        return new Loudness(
                silent ? OptionalDouble.empty() : integrated,
                silent ? 0 : Math.max(0, last(RANGE, ended.stderr()).orElse(0)),
                peak.isPresent() && Double.isFinite(peak.getAsDouble()) ? peak : OptionalDouble.empty(),
                duration);
    }

    /**
     * Takes the first picture out of an audio file, as it is: nothing is decoded, and nothing known of what it is.
     *
     * @return whether there is one; else there is no output
     * @throws FfmpegFailedException where the program was killed or ran out of time
     */
    public boolean takePicture(Path audio, Path out) throws UndecodableAudioException, IOException {
        List<String> arguments = input(AudioHeader.read(audio).format(), audio);
        arguments.addAll(List.of("-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", "1"));
        arguments.addAll(List.of("-c", "copy", "-f", "image2pipe", "file:" + out.toAbsolutePath()));
        ChildProcess.Ended ended = produce(arguments, out, probeTimeout(), Cancellation.NEVER);
        if (killed(ended)) {
            Files.deleteIfExists(out);
            throw failed("take a picture", ended);
        }
        if (ended.exit() != 0 || Files.notExists(out) || Files.size(out) == 0) {
            Files.deleteIfExists(out);
            return false;
        }
        return true;
    }

    /**
     * Makes a small upright picture of one that somebody sent (PNG, JPEG, WebP or GIF, judged by its content; of a moving
     * one the first frame). Nothing but pixels gets through: no metadata, nothing that hides before or behind them.
     *
     * @param longestSide of the small one; a picture that is smaller keeps its size
     * @param mostPixels a picture that declares more is refused before anything is decoded
     * @throws FfmpegFailedException where the program was killed or ran out of time, which says nothing about the
     *     picture: another try may succeed
     */
    public ImageInfo shrink(Path in, Path out, int longestSide, int mostPixels)
            throws UndecodableImageException, IOException {
        return picture(in, out, longestSide, mostPixels, false);
    }

    /** The same, always as JPEG: black shows where the original is transparent. */
    public ImageInfo shrinkToJpeg(Path in, Path out, int longestSide, int mostPixels)
            throws UndecodableImageException, IOException {
        return picture(in, out, longestSide, mostPixels, true);
    }

    private ImageInfo picture(Path in, Path out, int longestSide, int mostPixels, boolean alwaysJpeg)
            throws UndecodableImageException, IOException {
        ImageHeader header = ImageHeader.read(in);
        if (header.pixels() > mostPixels) {
            throw new UndecodableImageException(
                    UndecodableImageException.Problem.BEYOND_LIMITS,
                    "The picture has more than " + mostPixels / 1_000_000 + " megapixels.");
        }
        boolean jpeg = header.opaque() || alwaysJpeg;
        double scale = Math.min(1, (double) longestSide / Math.max(header.width(), header.height()));
        int width = (int) Math.max(1, Math.round(header.width() * scale));
        int height = (int) Math.max(1, Math.round(header.height() * scale));
        List<String> arguments = new ArrayList<>(common());
        arguments.addAll(List.of("-threads", "1", "-filter_threads", "1", "-noautorotate"));
        arguments.addAll(List.of("-err_detect", "explode", "-max_pixels", Integer.toString(mostPixels)));
        arguments.addAll(List.of("-format_whitelist", header.kind().demuxer));
        arguments.addAll(List.of("-codec_whitelist", header.kind().decoder));
        arguments.addAll(List.of("-f", header.kind().demuxer, "-i", "file:" + in.toAbsolutePath()));
        arguments.addAll(List.of("-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", "1"));
        arguments.addAll(List.of(
                "-vf",
                "scale=" + width + ":" + height + ":out_range=full," + upright(header.orientation())
                        + (jpeg && !header.opaque() ? "format=gbrap,premultiply=inplace=1," : "")
                        + "setsar=1,format=" + (jpeg ? "yuvj420p" : "rgba") + ",sidedata=mode=delete"));
        arguments.addAll(List.of("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"));
        arguments.addAll(
                jpeg
                        ? List.of("-c:v", "mjpeg", "-q:v", "3", "-f", "mjpeg")
                        : List.of("-c:v", "png", "-pred", "mixed", "-f", "image2pipe"));
        arguments.add("file:" + out.toAbsolutePath());
        ChildProcess.Ended ended = produce(arguments, out, probeTimeout(), Cancellation.NEVER);
        if (ended.exit() != 0 || Files.size(out) == 0) {
            Files.deleteIfExists(out);
            if (killed(ended)) {
                throw failed("shrink a picture", ended);
            }
            throw new UndecodableImageException(
                    UndecodableImageException.Problem.UNUSABLE, "The picture could not be decoded.");
        }
        return new ImageInfo(
                jpeg ? "jpg" : "png",
                jpeg ? "image/jpeg" : "image/png",
                header.isLying() ? height : width,
                header.isLying() ? width : height);
    }

    /** Filters that turn a picture as its EXIF orientation says. */
    private static String upright(int orientation) {
        return switch (orientation) {
            case 2 -> "hflip,";
            case 3 -> "hflip,vflip,";
            case 4 -> "vflip,";
            case 5 -> "transpose=cclock_flip,";
            case 6 -> "transpose=clock,";
            case 7 -> "transpose=clock_flip,";
            case 8 -> "transpose=cclock,";
            default -> "";
        };
    }

    /** Of too many tags only those that somebody looks at, of too long ones none. */
    private JsonNode facts(Path file, AudioFormat format) throws UndecodableAudioException, IOException {
        for (String tags : List.of(":format_tags:stream_tags", WANTED_TAGS, "")) {
            ChildProcess.Ended ended = facts(file, format, tags);
            if (killed(ended)) {
                throw failed("probe", ended);
            }
            if (ended.exit() != 0) {
                throw corrupt(format);
            }
            if (!ended.overflow()) {
                try {
                    return json.readTree(ended.stdout());
                } catch (JacksonException e) {
                    throw corrupt(format);
                }
            }
        }
        throw corrupt(format);
    }

    private ChildProcess.Ended facts(Path file, AudioFormat format, String tags)
            throws UndecodableAudioException, IOException {
        List<String> arguments = List.of(
                "-hide_banner",
                "-v",
                "error",
                "-protocol_whitelist",
                "file,pipe",
                "-format_whitelist",
                format.demuxerNames(),
                "-max_alloc",
                "268435456",
                "-f",
                format.demuxer(),
                "-print_format",
                "json",
                "-show_entries",
                "format=duration:stream=codec_type,codec_name,sample_rate,channels,duration:"
                        + "stream_disposition=attached_pic" + tags,
                "-i",
                "file:" + file.toAbsolutePath());
        try {
            return children.run(
                    program.ffprobe(), arguments, PROBE_OUTPUT, probeTimeout(), PROBE_WORK, Cancellation.NEVER);
        } catch (ChildProcess.TooMuchWorkException e) {
            // FFmpeg compares each tag with all others
            throw new UndecodableAudioException(
                    Problem.BEYOND_LIMITS, "The file takes too long to read: it may have too many tags.");
        }
    }

    private static JsonNode audioStream(JsonNode facts, AudioFormat format) throws UndecodableAudioException {
        JsonNode audio = null;
        for (JsonNode stream : facts.path("streams")) {
            String type = stream.path("codec_type").asString("");
            boolean picture = stream.path("disposition").path("attached_pic").asInt(0) == 1;
            if (type.equals("video") && !picture) {
                throw new UndecodableAudioException(Problem.UNSUPPORTED, "This is a video, not an audio file.");
            }
            if (type.equals("audio") && audio == null) {
                audio = stream;
            }
        }
        if (audio == null) {
            throw corrupt(format);
        }
        return audio;
    }

    /** Seconds that come out of one reading: of packets, which is fast, or decoded. */
    private double pass(Path file, AudioFormat format, Duration limit, boolean packetsOnly) throws IOException {
        List<String> arguments = input(format, file);
        arguments.addAll(audioOnly());
        arguments.addAll(List.of("-t", seconds(limit)));
        if (packetsOnly) {
            arguments.addAll(List.of("-c", "copy"));
        }
        arguments.addAll(List.of("-f", "null", "-"));
        ChildProcess.Ended ended =
                children.run(program.ffmpeg(), arguments, PROGRESS_OUTPUT, probeTimeout(), Cancellation.NEVER);
        if (killed(ended)) {
            throw failed("probe", ended);
        }
        return outTime(ended);
    }

    private Duration probeTimeout() {
        return settings.wallTimeout().compareTo(PROBE_TIMEOUT) < 0 ? settings.wallTimeout() : PROBE_TIMEOUT;
    }

    private ChildProcess.Ended produce(List<String> arguments, Path out, Duration timeout, Cancellation cancellation)
            throws IOException {
        try {
            return children.run(program.ffmpeg(), arguments, PROGRESS_OUTPUT, timeout, cancellation);
        } catch (ChildProcess.TimedOutException e) {
            Files.deleteIfExists(out);
            throw new FfmpegFailedException(String.valueOf(e.getMessage()), true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(out);
            throw e;
        }
    }

    private static List<String> common() {
        return List.of(
                "-hide_banner",
                "-nostdin",
                "-nostats",
                "-y",
                "-loglevel",
                "error",
                "-progress",
                "pipe:1",
                "-stats_period",
                "10",
                "-protocol_whitelist",
                "file,pipe",
                "-max_alloc",
                "268435456");
    }

    private static List<String> input(AudioFormat format, Path file) {
        List<String> arguments = new ArrayList<>(common());
        arguments.addAll(List.of(
                "-threads",
                "1",
                "-format_whitelist",
                format.demuxerNames(),
                "-codec_whitelist",
                DECODERS,
                "-f",
                format.demuxer(),
                "-i",
                "file:" + file.toAbsolutePath()));
        return arguments;
    }

    private static List<String> audioOnly() {
        return List.of("-map", "0:a:0", "-vn", "-sn", "-dn");
    }

    private List<String> codec(AudioFormat format, EncodeOptions options) {
        String bitrate = options.bitrateKbps() + "k";
        return switch (format) {
            case MP3 -> List.of("-c:a", "libmp3lame", "-b:a", Math.min(320, options.bitrateKbps()) + "k", "-f", "mp3");
            case WAV ->
                List.of(
                        "-c:a",
                        switch (options.bitDepth()) {
                            case 16 -> "pcm_s16le";
                            case 24 -> "pcm_s24le";
                            default -> "pcm_f32le";
                        },
                        "-f",
                        "wav");
            case FLAC ->
                options.bitDepth() == 16
                        ? List.of("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac")
                        : List.of("-c:a", "flac", "-sample_fmt", "s32", "-bits_per_raw_sample", "24", "-f", "flac");
            // Opus knows 48 kHz only; the LGPL build has no encoder for Vorbis worth using
            case OGG ->
                vorbis
                        ? List.of("-c:a", "libvorbis", "-b:a", bitrate, "-f", "ogg")
                        : List.of("-c:a", "libopus", "-b:a", bitrate, "-ar", "48000", "-f", "ogg");
            case M4A -> List.of("-c:a", "aac", "-b:a", bitrate, "-movflags", "+faststart", "-f", "mp4");
        };
    }

    private static double outTime(ChildProcess.Ended ended) {
        double seconds = 0;
        Matcher times = OUT_TIME.matcher(ended.stdout());
        while (times.find()) {
            seconds = Long.parseLong(times.group(1)) / 1e6;
        }
        return seconds;
    }

    private static OptionalDouble last(Pattern pattern, String text) {
        OptionalDouble value = OptionalDouble.empty();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String number = matcher.group(1);
            value = OptionalDouble.of(
                    switch (number) {
                        case "-inf" -> Double.NEGATIVE_INFINITY;
                        case "nan" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(number);
                    });
        }
        return value;
    }

    private static Map<String, String> tags(JsonNode facts, JsonNode stream) {
        Map<String, String> tags = new TreeMap<>();
        // Ogg keeps its tags at the stream, everything else at the file
        for (JsonNode source : List.of(facts.path("format").path("tags"), stream.path("tags"))) {
            source.properties().forEach(tag -> {
                String name = clean(tag.getKey()).toLowerCase(Locale.ROOT);
                String value = clean(tag.getValue().asString(""));
                if (tags.size() < TAGS && !name.isEmpty() && !value.isEmpty()) {
                    tags.putIfAbsent(name, value);
                }
            });
        }
        return tags;
    }

    private static String clean(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .filter(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
                    default -> c != 0xFFFD;
                })
                .limit(TAG_LENGTH)
                .forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }

    /** Ended by a limit or by somebody outside: says nothing about the audio, as a crash of the program does. */
    private static boolean killed(ChildProcess.Ended ended) {
        return switch (ended.exit()) {
            case TERMINATED -> true;
            case 128 + 4, 128 + 5, 128 + 6, 128 + 7, 128 + 8, 128 + 11 -> false; // ILL TRAP ABRT BUS FPE SEGV
            default -> ended.exit() > 128 && ended.exit() <= 128 + 31;
        };
    }

    private static UndecodableAudioException corrupt(AudioFormat format) {
        return new UndecodableAudioException(
                Problem.CORRUPT, "The file could not be decoded as " + format.name() + " audio.");
    }

    private static FfmpegFailedException failed(String what, ChildProcess.Ended ended) {
        boolean beyondLimits = ended.exit() == 128 + 25; // XFSZ; of time we learn otherwise
        return new FfmpegFailedException(
                "FFmpeg could not " + what + ", exit " + ended.exit() + ": "
                        + ended.stderr().strip(),
                beyondLimits);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static double decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
