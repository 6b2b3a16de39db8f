package dev.cadenza.catalog.api;

import dev.cadenza.catalog.playback.OpenRendition;
import dev.cadenza.catalog.playback.Rendition;
import dev.cadenza.catalog.track.DownloadTrack;
import dev.cadenza.catalog.track.PlayTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The bytes of a track: to listen to, and to keep; both are counted where an answer begins with the first byte. Asks
 * nobody whether they may.
 */
@Component
public final class TrackMedia {

    private final PlayTrack play;
    private final DownloadTrack download;
    private final TrackFiles files;
    private final OpenRendition renditions;

    TrackMedia(PlayTrack play, DownloadTrack download, TrackFiles files, OpenRendition renditions) {
        this.play = play;
        this.download = download;
        this.files = files;
        this.renditions = renditions;
    }

    /** What a client gets to hear, or to keep. */
    private record Piece(MediaResponse.Media media, MediaResponse.Reader reader) {}

    /**
     * Answers with the audio, or sends on to where it is kept.
     *
     * @param listener null for somebody without an identity
     * @param wanted null: as it was uploaded
     */
    public Mono<Void> stream(
            ServerWebExchange exchange, Versioned<Track> track, @Nullable UUID listener, @Nullable Rendition wanted) {
        return answer(exchange, track, wanted, false, play.begin(track, listener));
    }

    /** Answers as {@link #stream} does, and is no listening: for addresses that players fetch as they like. */
    public Mono<Void> show(ServerWebExchange exchange, Versioned<Track> track) {
        return answer(exchange, track, null, false, Mono.empty());
    }

    /** Answers with the audio as an attachment; otherwise as {@link #stream}. */
    public Mono<Void> download(
            ServerWebExchange exchange, Versioned<Track> track, @Nullable UUID listener, @Nullable Rendition wanted) {
        return answer(exchange, track, wanted, true, download.begin(track, listener));
    }

    private Mono<Void> answer(
            ServerWebExchange exchange,
            Versioned<Track> track,
            @Nullable Rendition wanted,
            boolean attached,
            Mono<Void> counted) {
        String link = track.state().link();
        if (link != null) {
            boolean looking = HttpMethod.HEAD.equals(exchange.getRequest().getMethod());
            return (looking ? Mono.<Void>empty() : counted).then(sendOn(exchange, link));
        }
        Mono<Piece> piece = wanted == null ? Mono.just(uploaded(track, attached)) : made(track, wanted, attached);
        return piece.flatMap(found -> (MediaResponse.startsAtFirstByte(exchange.getRequest(), found.media())
                        ? counted
                        : Mono.<Void>empty())
                .then(MediaResponse.write(exchange, found.media(), found.reader())));
    }

    private Piece uploaded(Versioned<Track> track, boolean attached) {
        Track state = track.state();
        return new Piece(
                new MediaResponse.Media(
                        state.audio().fileSize(),
                        state.etag(),
                        state.audio().contentType(),
                        state.createdAt(),
                        attached ? filename(state, state.audio().format()) : null,
                        state.details().isPublic()),
                (offset, length) -> files.read(track.id(), offset, length));
    }

    private Mono<Piece> made(Versioned<Track> track, Rendition wanted, boolean attached) {
        return renditions
                .open(track, wanted)
                .map(stored -> new Piece(
                        new MediaResponse.Media(
                                stored.size(),
                                stored.etag(),
                                wanted.format().contentType(),
                                stored.lastModified(),
                                attached
                                        ? filename(
                                                track.state(), wanted.format().extension())
                                        : null,
                                track.state().details().isPublic()),
                        (offset, length) -> renditions.read(track.id(), wanted, offset, length)));
    }

    private static Mono<Void> sendOn(ServerWebExchange exchange, String link) {
        exchange.getResponse().setStatusCode(HttpStatus.FOUND);
        exchange.getResponse().getHeaders().setLocation(URI.create(link));
        return exchange.getResponse().setComplete();
    }

    private static String filename(Track track, String extension) {
        String title = track.details().title().replaceAll("[/\\\\:*?\"<>|]", "_");
        return title + "." + extension;
    }
}
