package dev.cadenza.processing.api.processing;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.Separation;
import dev.cadenza.processing.file.StoredPart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bodies of the vocal endpoints. */
final class VocalJson {

    static final String ORIGINAL = "original";
    static final String VOCALS = "vocals";
    static final String INSTRUMENTAL = "instrumental";

    private VocalJson() {}

    record Accepted(String status, String message, long fileId, long id, String originalFilename, Instant uploadedAt) {
        static Accepted of(Versioned<ProcessingFile> file) {
            return new Accepted(
                    "success",
                    "Vocal separation started",
                    file.requireNumber(),
                    file.requireNumber(),
                    file.state().filename(),
                    file.state().uploadedAt());
        }
    }

    record Done(String status) {
        static final Done SUCCESS = new Done("success");
    }

    record Rows(List<Row> files) {}

    /**
     * A file in a list, and its status.
     *
     * @param denoisedFileUrl null here: rows of all four services have the same keys
     * @param boostedFileUrl null here
     */
    record Row(
            long id,
            String filename,
            String originalFilename,
            String status,
            int progress,
            String originalUrl,
            String originalFileUrl,
            @Nullable String vocalsUrl,
            @Nullable String instrumentalUrl,
            @Nullable String denoisedFileUrl,
            @Nullable String boostedFileUrl,
            Instant uploadedAt,
            @Nullable Instant processedAt,
            @Nullable String errorMessage,
            @Nullable String engine,
            @Nullable String engineVersion) {

        static Row of(Versioned<ProcessingFile> file, MediaUrls urls) {
            ProcessingFile state = file.state();
            Separation found = state.separation();
            String original = url(file, ORIGINAL, state.original(), urls);
            return new Row(
                    file.requireNumber(),
                    state.filename(),
                    state.filename(),
                    state.status().name().toLowerCase(Locale.ROOT),
                    state.job().progress(),
                    original,
                    original,
                    found == null ? null : url(file, VOCALS, found.vocals(), urls),
                    found == null ? null : url(file, INSTRUMENTAL, found.instrumental(), urls),
                    null,
                    null,
                    state.uploadedAt(),
                    state.processedAt(),
                    state.errorMessage(),
                    found == null ? null : found.engine(),
                    found == null ? null : found.engineVersion());
        }

        private static String url(Versioned<ProcessingFile> file, String folder, StoredPart part, MediaUrls urls) {
            return urls.signed(folder, file.requireNumber(), part.filename());
        }
    }
}
