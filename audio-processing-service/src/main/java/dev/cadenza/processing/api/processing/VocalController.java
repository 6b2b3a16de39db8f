package dev.cadenza.processing.api.processing;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.Uploads;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.processing.file.DeleteFile;
import dev.cadenza.processing.file.FileSettings;
import dev.cadenza.processing.file.FindFile;
import dev.cadenza.processing.file.HandIn;
import dev.cadenza.processing.file.ListFiles;
import dev.cadenza.processing.file.Task;
import java.util.List;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Vocal separation. Every path is served with and without its trailing slash: a redirect would lose the body. */
@RestController("processingVocalController")
class VocalController {

    private static final List<String> FIELDS = List.of("audio_file", "file");

    private final HandIn handIn;
    private final ListFiles list;
    private final FindFile find;
    private final DeleteFile delete;
    private final FileSettings settings;
    private final MediaUrls urls;

    VocalController(
            HandIn handIn, ListFiles list, FindFile find, DeleteFile delete, FileSettings settings, MediaUrls urls) {
        this.handIn = handIn;
        this.list = list;
        this.find = find;
        this.delete = delete;
        this.settings = settings;
        this.urls = urls;
    }

    @PostMapping({"/api/vocal/separate/", "/api/vocal/separate"})
    Mono<VocalJson.Accepted> separate(Caller caller, ServerWebExchange exchange) {
        // a body of another kind has no parts: that, too, is no file
        return exchange.getMultipartData()
                .map(VocalController::file)
                .flatMap(part -> Uploads.withFile(
                        part,
                        settings.maxFileSize(),
                        spooled -> handIn.handIn(caller.id(), Task.VOCAL, spooled.path(), spooled.filename())))
                .map(VocalJson.Accepted::of);
    }

    @GetMapping({"/api/vocal/files/", "/api/vocal/files"})
    Mono<VocalJson.Rows> files(Caller caller) {
        return list.list(Task.VOCAL, caller.id())
                .map(file -> VocalJson.Row.of(file, urls))
                .collectList()
                .map(VocalJson.Rows::new);
    }

    @GetMapping({"/api/vocal/files/{id}/status/", "/api/vocal/files/{id}/status"})
    Mono<VocalJson.Row> status(@PathVariable String id, Caller caller) {
        return find.find(Task.VOCAL, Numbers.ofPath(id), caller.id()).map(file -> VocalJson.Row.of(file, urls));
    }

    @DeleteMapping({"/api/vocal/files/{id}/delete/", "/api/vocal/files/{id}/delete"})
    Mono<VocalJson.Done> delete(@PathVariable String id, Caller caller) {
        return delete.delete(Task.VOCAL, Numbers.ofPath(id), caller.id()).thenReturn(VocalJson.Done.SUCCESS);
    }

    private static FilePart file(MultiValueMap<String, Part> parts) {
        return FIELDS.stream()
                .map(parts::getFirst)
                .filter(FilePart.class::isInstance)
                .map(FilePart.class::cast)
                .findFirst()
                .orElseThrow(() -> Failure.unreadable("upload.file_missing", "No file provided"));
    }
}
