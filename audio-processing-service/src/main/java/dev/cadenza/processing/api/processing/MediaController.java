package dev.cadenza.processing.api.processing;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.processing.file.FileObjects;
import dev.cadenza.processing.file.FindFile;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.Separation;
import dev.cadenza.processing.file.StoredPart;
import dev.cadenza.processing.file.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What was handed in and what came of it, for its owner and for whoever has a signed address. */
@RestController("processingMediaController")
class MediaController {

    private final FindFile find;
    private final FileObjects objects;
    private final MediaUrls urls;

    MediaController(FindFile find, FileObjects objects, MediaUrls urls) {
        this.find = find;
        this.objects = objects;
        this.urls = urls;
    }

    @GetMapping("/media/uploads/vocal_separation/{folder}/{number}/{filename}")
    Mono<Void> media(
            @PathVariable String folder,
            @PathVariable String number,
            @PathVariable String filename,
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        long id = Numbers.ofPath(number);
        boolean signed = urls.valid(folder, id, filename, expires, signature);
        if (!signed && caller.isEmpty()) {
            return Mono.error(Problems.UNAUTHENTICATED.asException());
        }
        UUID owner = signed ? null : caller.map(Caller::id).orElseThrow();
        return find.find(Task.VOCAL, id, owner).flatMap(file -> {
            StoredPart part = part(file.state(), folder);
            if (part == null || !MediaUrls.shown(part.filename()).equals(filename)) {
                return Mono.error(notFound());
            }
            Instant modified = folder.equals(VocalJson.ORIGINAL) || file.state().processedAt() == null
                    ? file.state().uploadedAt()
                    : file.state().processedAt();
            return MediaResponse.write(
                    exchange,
                    new MediaResponse.Media(part.size(), part.etag(), part.contentType(), modified, null, false),
                    (offset, length) -> objects.read(part, offset, length));
        });
    }

    private static @Nullable StoredPart part(ProcessingFile file, String folder) {
        Separation found = file.separation();
        return switch (folder) {
            case VocalJson.ORIGINAL -> file.original();
            case VocalJson.VOCALS -> found == null ? null : found.vocals();
            case VocalJson.INSTRUMENTAL -> found == null ? null : found.instrumental();
            default -> null;
        };
    }

    private static FailureException notFound() {
        return Failure.notFound("file.not_found", "File not found");
    }
}
