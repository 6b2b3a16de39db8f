package dev.cadenza.catalog.api.audionova;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.BrowseTracks;
import dev.cadenza.catalog.track.DeleteTrack;
import dev.cadenza.catalog.track.DescribeTrack;
import dev.cadenza.catalog.track.FindTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.UniqueTitles;
import dev.cadenza.catalog.track.UploadTrack;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.drf.DrfBodies;
import dev.cadenza.platform.web.drf.DrfFields;
import dev.cadenza.platform.web.drf.DrfPage;
import dev.cadenza.platform.web.drf.DrfPages;
import dev.cadenza.platform.web.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Songs: one's own, one, upload, change, delete. */
@RestController("audionovaSongController")
class SongController {

    private final BrowseTracks browse;
    private final FindTrack find;
    private final UploadTrack upload;
    private final DescribeTrack describe;
    private final DeleteTrack delete;
    private final UniqueTitles titles;
    private final TrackSettings settings;
    private final MediaAddresses addresses;
    private final DrfBodies bodies;
    private final DrfPages pages;

    SongController(
            BrowseTracks browse,
            FindTrack find,
            UploadTrack upload,
            DescribeTrack describe,
            DeleteTrack delete,
            UniqueTitles titles,
            TrackSettings settings,
            MediaAddresses addresses,
            DrfBodies bodies,
            DrfPages pages) {
        this.browse = browse;
        this.find = find;
        this.upload = upload;
        this.describe = describe;
        this.delete = delete;
        this.titles = titles;
        this.settings = settings;
        this.addresses = addresses;
        this.bodies = bodies;
        this.pages = pages;
    }

    @Parameter(
            name = "page",
            in = ParameterIn.QUERY,
            description = "from 1, or last",
            schema = @Schema(type = "string"))
    @GetMapping({"/api/songs", "/api/songs/"})
    Mono<DrfPage<SongJson>> list(Caller caller, ServerWebExchange exchange) {
        TrackFilter own = new TrackFilter(caller.id(), caller.id(), null, null, null, null, null, null, null);
        return pages.page(
                exchange.getRequest(),
                paging -> browse.browse(own, TrackOrder.NEWEST, paging).map(page -> page.map(this::json)));
    }

    @Operation(
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = SongJson.Upload.class))))
    @PostMapping({"/api/songs", "/api/songs/"})
    @ResponseStatus(HttpStatus.CREATED)
    Mono<SongJson> upload(Caller caller, ServerWebExchange exchange) {
        return bodies.of(exchange)
                .flatMap(fields -> upload(caller, fields))
                .map(this::json)
                .onErrorMap(SongFailures::worded);
    }

    private Mono<Versioned<Track>> upload(Caller caller, DrfFields fields) {
        String title = fields.requiredText("title", TrackDetails.LONGEST);
        TrackDetails.Change wishes = wishes(title, fields);
        FilePart file = fields.requiredFile("file");
        fields.refuseWrong();
        return titles.made(
                caller.id(),
                title,
                Uploads.withFile(
                        Objects.requireNonNull(file),
                        settings.maxFileSize(),
                        spooled -> spooled.size() == 0
                                ? Mono.error(Failure.invalidField("file", "The submitted file is empty."))
                                : upload.upload(
                                        new UploadTrack.Owner(caller.id(), caller.username()),
                                        new UploadTrack.Upload(spooled.path(), spooled.filename(), spooled.size()),
                                        wishes)));
    }

    @GetMapping({"/api/songs/{id}", "/api/songs/{id}/"})
    Mono<SongJson> one(@PathVariable String id, Caller caller) {
        return found(id, caller).map(this::json).onErrorMap(SongFailures::worded);
    }

    @Operation(requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = SongJson.Update.class))))
    @PutMapping({"/api/songs/{id}", "/api/songs/{id}/"})
    Mono<SongJson> replace(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, true);
    }

    @Operation(requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = SongJson.Update.class))))
    @PatchMapping({"/api/songs/{id}", "/api/songs/{id}/"})
    Mono<SongJson> update(@PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return change(id, caller, exchange, false);
    }

    private Mono<SongJson> change(String id, Caller caller, ServerWebExchange exchange, boolean whole) {
        return found(id, caller)
                .flatMap(track -> bodies.of(exchange).flatMap(fields -> {
                    Mono<Versioned<Track>> work = Mono.defer(() -> {
                        String title = whole
                                ? fields.requiredText("title", TrackDetails.LONGEST)
                                : fields.text("title", TrackDetails.LONGEST);
                        TrackDetails.Change wishes = wishes(title, fields);
                        if (fields.has("file")) {
                            fields.wrong("file", "The file of a song cannot be replaced. Upload another song.");
                        }
                        fields.refuseWrong();
                        return titles.described(track, title, describe.describe(track.id(), caller.id(), wishes));
                    });
                    // to others, nothing is wrong but that they try
                    return track.state().ownedBy(caller.id())
                            ? work
                            : describe.describe(track.id(), caller.id(), TrackDetails.Change.NONE);
                }))
                .map(this::json)
                .onErrorMap(SongFailures::worded);
    }

    @DeleteMapping({"/api/songs/{id}", "/api/songs/{id}/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String id, Caller caller) {
        return found(id, caller)
                .flatMap(track -> delete.delete(track.id(), caller.id()))
                .onErrorMap(SongFailures::worded);
    }

    private Mono<Versioned<Track>> found(String id, Caller caller) {
        return Mono.defer(() -> find.findByNumber(Numbers.ofPath(id), caller.id()));
    }

    private static TrackDetails.Change wishes(@Nullable String title, DrfFields fields) {
        return new TrackDetails.Change(
                title,
                null,
                null,
                fields.textOrBlank("genre", TrackDetails.LONGEST_GENRE),
                null,
                fields.flag("public"));
    }

    private SongJson json(Versioned<Track> track) {
        return SongJson.of(track, addresses);
    }
}
