package dev.cadenza.generation.model;

import dev.cadenza.generation.prompt.SongWish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine that makes songs. Blocks; used from one thread at a time per call, from several at once. */
public interface MusicModel {

    /** What it is and can do. */
    ModelDescription description();

    /**
     * Makes a song.
     *
     * @param folder where its files go
     * @throws IOException where it could not be made this time
     */
    ComposedSong compose(SongOrder order, Path folder, Watch watch) throws IOException;

    /**
     * What is to be made.
     *
     * @param formats at least one
     * @param stems whether the parts are wanted as files of their own
     */
    record SongOrder(SongWish wish, List<SongFormat> formats, Quality quality, boolean stems) {

        public SongOrder {
            formats = List.copyOf(formats);
        }
    }

    /** Follows the work. */
    interface Watch {

        /**
         * Told how far the work is.
         *
         * @param percent 0 to 100
         * @param stage short word for a person
         */
        void progress(int percent, String stage);

        /** Throws whatever ends the work, where it is not wanted any more. */
        void check();
    }

    /**
     * A song and what is known of it.
     *
     * @param key as {@code C_minor}
     * @param loudnessLufs integrated
     * @param truePeakDbtp of the lossless file
     * @param notes remarks for the owner, such as a wish that could not be met
     */
    record ComposedSong(
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
            List<Section> sections,
            double loudnessLufs,
            double truePeakDbtp,
            Quality quality,
            List<SongFile> files,
            List<Path> stems,
            List<String> notes) {

        public ComposedSong {
            instruments = List.copyOf(instruments);
            sections = List.copyOf(sections);
            files = List.copyOf(files);
            stems = List.copyOf(stems);
            notes = List.copyOf(notes);
        }

        /** A part of the form. */
        public record Section(String name, double startSeconds, double endSeconds) {}

        /**
         * How good it is, measured, each 0 to 1.
         *
         * @param melodicCoherence small steps and returning rhythms of the tune
         * @param harmonicConsistency share of sounding time that agrees with the chords
         * @param audioQuality loudness on target, peaks in bounds, little limiting
         */
        public record Quality(double melodicCoherence, double harmonicConsistency, double audioQuality) {}

        /** A file; numbers that a format does not have are null. */
        public record SongFile(
                SongFormat format,
                Path path,
                @Nullable Integer bitDepth,
                @Nullable Integer sampleRate,
                @Nullable Integer bitrateKbps,
                @Nullable Integer trackCount) {}
    }
}
