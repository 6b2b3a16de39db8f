package dev.cadenza.generation.generation;

import dev.cadenza.generation.model.SongFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a generation.
 *
 * @param engine which model made it
 * @param seed makes the same song again, with the same engine version
 * @param key as {@code C_minor}
 * @param remarks for the owner
 */
public record Song(
        String engine,
        String engineVersion,
        long seed,
        String genre,
        String mood,
        int tempo,
        String key,
        String meter,
        double durationSeconds,
        List<String> instruments,
        List<Part> sections,
        double loudnessLufs,
        double truePeakDbtp,
        double melodicCoherence,
        double harmonicConsistency,
        double audioQuality,
        List<File> files,
        List<String> remarks) {

    /** A part of the form. */
    public record Part(String name, double startSeconds, double endSeconds) {}

    /**
     * A stored file; numbers that a format does not have are null.
     *
     * @param object key of the object
     */
    public record File(
            SongFormat format,
            String object,
            long size,
            String etag,
            @Nullable Integer bitDepth,
            @Nullable Integer sampleRate,
            @Nullable Integer bitrateKbps,
            @Nullable Integer trackCount) {}

    public Song {
        instruments = List.copyOf(instruments);
        sections = List.copyOf(sections);
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /** The file of a format. */
    public Optional<File> file(SongFormat format) {
        return files.stream().filter(file -> file.format() == format).findFirst();
    }

    /** The file to listen to at once: the smallest kind that there is; empty where there are notes only. */
    public Optional<File> preview() {
        return List.of(SongFormat.MP3, SongFormat.OGG, SongFormat.FLAC, SongFormat.WAV).stream()
                .flatMap(format -> file(format).stream())
                .findFirst();
    }
}
