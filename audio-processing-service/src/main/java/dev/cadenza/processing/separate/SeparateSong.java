package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.jobs.JobCancelledException;
import dev.cadenza.platform.jobs.JobContext;
import dev.cadenza.platform.jobs.JobFailedException;
import dev.cadenza.platform.jobs.JobHandler;
import dev.cadenza.platform.storage.BlockingObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import dev.cadenza.processing.file.Separation;
import dev.cadenza.processing.file.SeparationFacts;
import dev.cadenza.processing.file.StoredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The job: fetch the song, decode it, split it, encode both parts as the song was (lossy ones as MP3), store them below
 * the attempt's prefix.
 *
 * <p>Parameters: {@code input}, key of the song; {@code filename}, its name for people. Result: {@link
 * SeparationFacts}, and {@code duration_seconds}, {@code sample_rate}, {@code channels}.
 */
@Component
final class SeparateSong implements JobHandler {

    private static final int LOWEST_KBPS = 192;
    private static final int HIGHEST_KBPS = 320;

    private final Separator separator;
    private final Ffmpeg ffmpeg;
    private final BlockingObjectStore store;

    SeparateSong(Separator separator, Ffmpeg ffmpeg, BlockingObjectStore store) {
        this.separator = separator;
        this.ffmpeg = ffmpeg;
        this.store = store;
    }

    @Override
    public String kind() {
        return "processing.separate";
    }

    @Override
    public Map<String, Object> run(JobContext context) throws JobFailedException, IOException {
        String input = parameter(context, "input");
        String filename = parameter(context, "filename");
        Path folder = context.workDirectory();
        Cancellation cancellation = cancellation(context);

        context.progress(1, "fetching");
        Path song = store.download(input, folder.resolve("song"));
        context.checkCancelled();
        context.progress(3, "decoding");
        AudioInfo info;
        PcmAudio decoded;
        try {
            info = ffmpeg.probe(song);
            decoded = new PcmAudio(
                    folder.resolve("song.f32"),
                    info.sampleRate(),
                    Math.min(2, info.channels()),
                    SampleGrid.bits(info, song));
            ffmpeg.decode(song, decoded.file(), decoded.sampleRate(), decoded.channels(), cancellation);
        } catch (UndecodableAudioException e) {
            throw new JobFailedException("audio.undecodable", e.reason(), e);
        }
        Files.delete(song);
        Stems stems = separator.separate(decoded, folder, work(context));
        Files.delete(decoded.file());

        context.progress(90, "encoding");
        AudioFormat source = AudioFormat.of(info.format()).orElseThrow();
        AudioFormat format = source.lossless() ? source : AudioFormat.MP3;
        EncodeOptions options = EncodeOptions.defaults()
                .withBitrate(Math.clamp(info.bitrateKbps(), LOWEST_KBPS, HIGHEST_KBPS))
                .withBitDepth(depth(format, decoded.bits()))
                .fromRaw(decoded.sampleRate(), decoded.channels());
        Path vocals = encoded(stems.vocals(), format, options, cancellation);
        context.progress(94, "encoding");
        Path instrumental = encoded(stems.accompaniment(), format, options, cancellation);

        context.progress(97, "storing");
        String name = withoutExtension(filename);
        StoredPart storedVocals = stored(context, vocals, "vocals", name + "_vocals", format);
        context.checkCancelled();
        StoredPart storedInstrumental = stored(context, instrumental, "instrumental", name + "_instrumental", format);
        Map<String, Object> result = new LinkedHashMap<>(SeparationFacts.write(
                new Separation(storedVocals, storedInstrumental, separator.name(), separator.version())));
        result.put("duration_seconds", info.durationSeconds());
        result.put("sample_rate", decoded.sampleRate());
        result.put("channels", decoded.channels());
        return result;
    }

    private Path encoded(PcmAudio stem, AudioFormat format, EncodeOptions options, Cancellation cancellation)
            throws IOException {
        Path out = stem.file().resolveSibling(stem.file().getFileName() + "." + format.word());
        ffmpeg.encode(stem.file(), out, format, options, cancellation);
        Files.delete(stem.file());
        return out;
    }

    private StoredPart stored(JobContext context, Path file, String part, String name, AudioFormat format)
            throws IOException {
        String extension = "." + format.word();
        StoredObject object = store.put(context.objectPrefix() + part + extension, file, format.contentType());
        return new StoredPart(object.key(), name + extension, format.contentType(), object.size(), object.etag());
    }

    private static int depth(AudioFormat format, int bits) {
        // FLAC holds no floats; 24 bits are more than any of them deserves
        return format == AudioFormat.FLAC ? Math.min(24, bits) : bits;
    }

    private static String withoutExtension(String filename) {
        return filename.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    }

    private static String parameter(JobContext context, String name) throws JobFailedException {
        String value = context.parameters().path(name).asString("");
        if (value.isEmpty()) {
            throw new JobFailedException("job.unreadable", "The job could not be read.");
        }
        return value;
    }

    private static Work work(JobContext context) {
        return new Work() {
            @Override
            public void progress(double done) {
                context.progress(5 + (int) (85 * done), "separating");
            }

            @Override
            public void check() {
                context.checkCancelled();
            }
        };
    }

    private static Cancellation cancellation(JobContext context) {
        return () -> {
            try {
                context.checkCancelled();
                return false;
            } catch (JobCancelledException e) {
                return true;
            }
        };
    }
}
