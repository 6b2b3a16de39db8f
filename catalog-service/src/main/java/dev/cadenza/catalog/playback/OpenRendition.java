package dev.cadenza.catalog.playback;

import dev.cadenza.catalog.playback.Renditions.Stored;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A track in another format: kept once it was made, and made at the first request, which waits for the end so that length
 * and ranges are exact from then on.
 */
@Component
public final class OpenRendition {

    private static final int TRY_AGAIN_SECONDS = 5;

    private final Renditions renditions;
    private final TrackFiles files;
    private final Transcoder transcoder;
    private final PlaybackSettings settings;
    private final ConcurrentMap<String, Mono<Stored>> underWay = new ConcurrentHashMap<>();

    OpenRendition(Renditions renditions, TrackFiles files, Transcoder transcoder, PlaybackSettings settings) {
        this.renditions = renditions;
        this.files = files;
        this.transcoder = transcoder;
        this.settings = settings;
    }

    /** Its facts. Unavailable while it is made and takes longer than people wait; NotFound where it cannot be made. */
    public Mono<Stored> open(Versioned<Track> track, Rendition rendition) {
        return renditions
                .find(track.id(), rendition.name())
                .switchIfEmpty(Mono.defer(() -> underWay.computeIfAbsent(
                                track.id() + "/" + rendition.name(), key -> made(key, track, rendition)))
                        .timeout(
                                settings.patience(),
                                Mono.error(() -> Failure.unavailable(
                                        "stream.preparing",
                                        "The track is being prepared in this format. Try again soon.",
                                        TRY_AGAIN_SECONDS))));
    }

    /** Its bytes. */
    public Flux<ByteBuffer> read(UUID trackId, Rendition rendition, long offset, long length) {
        return renditions.read(trackId, rendition.name(), offset, length);
    }

    /** Where clients read it from the store itself for a while. */
    public Mono<URI> address(UUID trackId, Rendition rendition, Duration validFor, @Nullable String disposition) {
        return renditions.address(trackId, rendition.name(), validFor, disposition);
    }

    /** Goes on when those who asked are gone: what was begun is wanted again. */
    private Mono<Stored> made(String key, Versioned<Track> track, Rendition rendition) {
        UUID id = track.id();
        return files.withCopy(
                        id,
                        in -> transcoder.transcode(
                                in,
                                track.state().audio().channels(),
                                rendition,
                                out -> renditions.store(
                                        id,
                                        rendition.name(),
                                        out,
                                        rendition.format().contentType())))
                .doFinally(end -> underWay.remove(key))
                .cache();
    }
}
