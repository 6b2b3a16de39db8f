package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.generation.FindSong;
import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.generation.SongFiles;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.media.MediaResponse;
import dev.cadenza.platform.web.security.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Section 3.2 of the document: the bytes of a song, for its owner and for whoever has a signed address. */
@RestController
class DownloadController {

    private final FindSong find;
    private final SongFiles files;
    private final DownloadUrls urls;

    DownloadController(FindSong find, SongFiles files, DownloadUrls urls) {
        this.find = find;
        this.files = files;
        this.urls = urls;
    }

    @GetMapping("/v1/ai/tracks/{trackId}/download")
    Mono<Void> download(
            @PathVariable String trackId,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String stem,
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        SongFormat wished = format == null || format.isEmpty() ? null : format(format);
        boolean signed = wished != null && urls.valid(trackId, wished, expires, signature);
        if (!signed && caller.isEmpty()) {
            return Mono.error(Problems.UNAUTHENTICATED.asException());
        }
        UUID owner = signed ? null : caller.map(Caller::id).orElseThrow();
        return find.find(trackId, owner).flatMap(found -> {
            if (stem != null && !stem.isEmpty()) {
                return Mono.error(Failure.notFound("track.stem_not_found", "The track has no stems."));
            }
            Optional<Song.File> file =
                    wished == null ? usual(found.song()) : found.song().file(wished);
            return file.map(there -> write(exchange, found.generation().state(), there))
                    .orElseGet(() -> Mono.error(
                            Failure.notFound("track.format_not_found", "The track was not made in this format.")));
        });
    }

    private Mono<Void> write(ServerWebExchange exchange, Generation generation, Song.File file) {
        Instant made = generation.job().finishedAt();
        return MediaResponse.write(
                exchange,
                new MediaResponse.Media(
                        file.size(),
                        file.etag(),
                        file.format().contentType(),
                        made == null ? generation.createdAt() : made,
                        filename(generation.request().wish().title(), file.format()),
                        false),
                (offset, length) -> files.read(file, offset, length));
    }

    private static Optional<Song.File> usual(Song song) {
        return song.preview().or(() -> song.files().stream().findFirst());
    }

    private static SongFormat format(String word) {
        return SongFormat.of(word)
                .orElseThrow(() -> GenerationController.invalid(
                        "format",
                        word,
                        Arrays.stream(SongFormat.values()).map(SongFormat::word).collect(Collectors.joining(", "))));
    }

    /** The title as a file name on any system. */
    private static String filename(String title, SongFormat format) {
        String name = title.replaceAll("[\\\\/:*?\"<>|]+", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return (name.isEmpty() || name.startsWith(".") ? "song" : name) + "." + format.extension();
    }
}
