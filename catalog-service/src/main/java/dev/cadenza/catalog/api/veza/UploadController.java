package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackNotes;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
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

    UploadController(UploadTrack upload, TrackSettings settings, TrackView view) {
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

    private Mono<VezaEnvelope<TrackJson.One>> upload(MultiValueMap<String, Part> parts, Caller caller) {
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
                                wishes))
                .map(track -> VezaEnvelope.data(new TrackJson.One(view.of(track))));
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
