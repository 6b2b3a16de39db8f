package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.catalog.upload.BeginUpload;
import dev.cadenza.catalog.upload.CompleteUpload;
import dev.cadenza.catalog.upload.FindUpload;
import dev.cadenza.catalog.upload.StoreChunk;
import dev.cadenza.catalog.upload.UploadState;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Upload in chunks. */
@RestController("vezaChunkController")
@RequestMapping("/api/v1/tracks")
class ChunkController {

    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    private final BeginUpload begin;
    private final StoreChunk store;
    private final CompleteUpload complete;
    private final FindUpload find;
    private final TrackSettings settings;
    private final TrackView view;

    ChunkController(
            BeginUpload begin,
            StoreChunk store,
            CompleteUpload complete,
            FindUpload find,
            TrackSettings settings,
            TrackView view) {
        this.begin = begin;
        this.store = store;
        this.complete = complete;
        this.find = find;
        this.settings = settings;
        this.view = view;
    }

    record Announcement(
            @Nullable String filename,
            @Nullable Long totalChunks,
            @Nullable Long totalSize,
            @Nullable String md5) {}

    record Initiated(UUID uploadId, String message) {}

    record Received(UUID uploadId, int receivedChunks, double progress, String message) {}

    record Completion(
            @Nullable String uploadId,
            @Nullable String md5,
            @Nullable String title,
            @Nullable String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            @Nullable Boolean isPublic) {
        TrackDetails.Change wishes() {
            return new TrackDetails.Change(title, artist, album, genre, year, isPublic);
        }
    }

    record Completed(TrackJson track, String md5, String message) {}

    record Resumable(UUID uploadId, int chunksReceived, int totalChunks, List<Integer> received, double progress) {}

    @PostMapping("/initiate")
    Mono<VezaEnvelope<Initiated>> initiate(@RequestBody Announcement announcement, Caller caller) {
        List<Violation> violations = new ArrayList<>();
        String filename = announcement.filename();
        if (filename == null || filename.isBlank()) {
            violations.add(Violation.of("filename", "The filename is required."));
        }
        long chunks = required("total_chunks", announcement.totalChunks(), violations);
        long size = required("total_size", announcement.totalSize(), violations);
        String md5 = md5(announcement.md5(), violations);
        if (filename == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return begin.begin(caller.id(), Uploads.baseName(filename), chunks, size, md5)
                .map(session -> VezaEnvelope.data(new Initiated(session.id(), "Upload session initiated")));
    }

    @PostMapping(path = "/chunk", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<VezaEnvelope<Received>> chunk(ServerWebExchange exchange, Caller caller) {
        // the exchange's own form: its parts leave the disk with the exchange
        return exchange.getMultipartData().flatMap(parts -> chunk(parts, caller));
    }

    private Mono<VezaEnvelope<Received>> chunk(MultiValueMap<String, Part> parts, Caller caller) {
        List<Violation> violations = new ArrayList<>();
        StoreChunk.Announced announced = new StoreChunk.Announced(
                number("chunk_number", parts, violations),
                number("total_chunks", parts, violations),
                number("total_size", parts, violations));
        String uploadId = text("upload_id", parts);
        if (uploadId == null) {
            violations.add(Violation.of("upload_id", "The upload_id is required."));
        }
        if (uploadId == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        if (!(parts.getFirst("chunk") instanceof FilePart file)) {
            throw Failure.unreadable("upload.file_missing", "The form must have a file in the field 'chunk'.");
        }
        UUID id = id(uploadId);
        return Uploads.withFile(
                        file,
                        settings.maxFileSize(),
                        spooled -> store.store(id, caller.id(), announced, spooled.path(), spooled.size()))
                .map(state -> VezaEnvelope.data(
                        new Received(id, state.chunks(), state.progress(), "Chunk uploaded successfully")));
    }

    @PostMapping("/complete")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<Completed>> complete(@RequestBody Completion completion, Caller caller) {
        if (completion.uploadId() == null) {
            throw Failure.invalidField("upload_id", "The upload_id is required.");
        }
        List<Violation> violations = new ArrayList<>();
        String md5 = md5(completion.md5(), violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return complete.complete(
                        id(completion.uploadId()),
                        new UploadTrack.Owner(caller.id(), caller.username()),
                        completion.wishes(),
                        md5)
                .map(done -> VezaEnvelope.data(new Completed(view.of(done.track()), done.md5(), "Upload completed")));
    }

    @GetMapping("/resume/{uploadId}")
    Mono<VezaEnvelope<Resumable>> resume(@PathVariable String uploadId, Caller caller) {
        return find.find(Ids.ofPath(uploadId), caller.id()).map(state -> VezaEnvelope.data(resumable(state)));
    }

    private static Resumable resumable(UploadState state) {
        return new Resumable(state.id(), state.chunks(), state.totalChunks(), state.received(), state.progress());
    }

    private static @Nullable String md5(@Nullable String text, List<Violation> violations) {
        if (text != null && !MD5.matcher(text).matches()) {
            violations.add(Violation.of("md5", "The md5 must be 32 hexadecimal digits."));
        }
        return text;
    }

    private static UUID id(String text) {
        try {
            return Ids.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.invalidField("upload_id", "The upload_id must be a UUID.");
        }
    }

    private static long required(String field, @Nullable Long value, List<Violation> violations) {
        if (value == null) {
            violations.add(Violation.of(field, "The " + field + " is required."));
            return 0;
        }
        return value;
    }

    private static long number(String field, MultiValueMap<String, Part> parts, List<Violation> violations) {
        String text = text(field, parts);
        try {
            return required(field, text == null ? null : Long.valueOf(text.strip()), violations);
        } catch (NumberFormatException e) {
            violations.add(Violation.of(field, "The " + field + " must be a whole number."));
            return 0;
        }
    }

    private static @Nullable String text(String field, MultiValueMap<String, Part> parts) {
        return parts.getFirst(field) instanceof FormFieldPart part
                        && !part.value().isBlank()
                ? part.value()
                : null;
    }
}
