package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackNotes;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.catalog.upload.FindUpload;
import dev.cadenza.catalog.upload.UploadState;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Upload of a whole file. */
@RestController("vezaUploadController")
class UploadController {

    private final UploadTrack upload;
    private final TrackSettings settings;
    private final TrackView view;
    private final FindTrack find;
    private final FindUpload uploads;

    UploadController(UploadTrack upload, TrackSettings settings, TrackView view, FindTrack find, FindUpload uploads) {
        this.find = find;
        this.uploads = uploads;
        this.upload = upload;
        this.settings = settings;
        this.view = view;
    }

    @PostMapping(path = "/api/v1/tracks", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<TrackJson.One>> upload(ServerWebExchange exchange, Caller caller) {
        // the exchange's own form: its parts leave the disk with the exchange, those that nobody wants too
        return exchange.getMultipartData().flatMap(parts -> upload(parts, caller));
    }

    /** The same, told in another way: the id of the upload is that of the track. */
    @PostMapping(path = "/api/v1/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<Uploaded>> uploads(ServerWebExchange exchange, Caller caller) {
        return exchange.getMultipartData()
                .flatMap(parts -> track(parts, caller))
                .map(track -> VezaEnvelope.data(
                        new Uploaded(track.id(), track.state().status().word())));
    }

    record Uploaded(UUID uploadId, String status) {}

    /** Of a track, or of an upload in chunks that is none yet. */
    @GetMapping("/api/v1/uploads/{id}/status")
    Mono<VezaEnvelope<TrackJson.Status>> status(@PathVariable String id, Caller caller) {
        UUID upload = Ids.ofPath(id);
        return find.find(upload, caller.id())
                .filter(track -> track.state().ownedBy(caller.id()))
                .map(track -> new TrackJson.Status(
                        track.state().status().word(),
                        track.state().progress(),
                        track.state().failure()))
                .onErrorResume(UploadController::isNotFound, error -> Mono.empty())
                .switchIfEmpty(
                        Mono.defer(() -> uploads.find(upload, caller.id())).map(UploadController::status))
                .map(VezaEnvelope::data);
    }

    private static TrackJson.Status status(UploadState state) {
        return state.failure() == null
                ? new TrackJson.Status("uploading", (int) state.progress(), null)
                : new TrackJson.Status("failed", 100, state.failure());
    }

    private static boolean isNotFound(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.NotFound;
    }

    private Mono<VezaEnvelope<TrackJson.One>> upload(MultiValueMap<String, Part> parts, Caller caller) {
        return track(parts, caller).map(track -> VezaEnvelope.data(new TrackJson.One(view.of(track))));
    }

    private Mono<Versioned<Track>> track(MultiValueMap<String, Part> parts, Caller caller) {
        if (!(parts.getFirst("file") instanceof FilePart file)) {
            throw Failure.unreadable("upload.file_missing", "The form must have a file in the field 'file'.");
        }
        TrackDetails.Change wishes = wishes(parts);
        return Uploads.withFile(
                file,
                settings.maxFileSize(),
                spooled -> upload.upload(
                        new UploadTrack.Owner(caller.id(), caller.username()),
                        new UploadTrack.Upload(spooled.path(), spooled.filename(), spooled.size()),
                        wishes));
    }

    private static TrackDetails.Change wishes(MultiValueMap<String, Part> parts) {
        return new TrackDetails.Change(
                field(parts, "title"),
                field(parts, "artist"),
                field(parts, "album"),
                field(parts, "genre"),
                year(field(parts, "year")),
                flag(field(parts, "is_public")),
                new TrackNotes.Change(
                        field(parts, "description"),
                        field(parts, "mood"),
                        tags(parts),
                        null,
                        number("bpm", field(parts, "bpm")),
                        field(parts, "key"),
                        field(parts, "cover_url"),
                        null));
    }

    /** In fields of their own, or separated by commas. */
    private static @Nullable List<String> tags(MultiValueMap<String, Part> parts) {
        List<String> tags = parts.getOrDefault("tags", List.of()).stream()
                .filter(FormFieldPart.class::isInstance)
                .flatMap(part -> Stream.of(((FormFieldPart) part).value().split(",", -1)))
                .filter(tag -> !tag.isBlank())
                .toList();
        return tags.isEmpty() ? null : tags;
    }

    private static @Nullable Double number(String name, @Nullable String text) {
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(name, "a number");
        }
    }

    /** A field that a form leaves empty is one that was not filled in. */
    private static @Nullable String field(MultiValueMap<String, Part> parts, String name) {
        return parts.getFirst(name) instanceof FormFieldPart field
                        && !field.value().isBlank()
                ? field.value()
                : null;
    }

    private static @Nullable Integer year(@Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw wrong("year", "a whole number");
        }
    }

    private static @Nullable Boolean flag(@Nullable String text) {
        return text == null
                ? null
                : switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "on" -> true;
                    case "false", "0", "no", "off" -> false;
                    default -> throw wrong("is_public", "true or false");
                };
    }

    private static FailureException wrong(String name, String rule) {
        return Failure.invalidField(name, "The field '" + name + "' must be " + rule + ".");
    }
}
