package dev.cadenza.catalog.api;

import dev.cadenza.catalog.playback.OpenRendition;
import dev.cadenza.catalog.playback.PlaybackSettings;
import dev.cadenza.catalog.playback.Rendition;
import dev.cadenza.catalog.track.DownloadTrack;
import dev.cadenza.catalog.track.PlayTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.catalog.track.TrackStatus;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.media.MediaResponse;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
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
    private final PlaybackSettings settings;

    TrackMedia(
            PlayTrack play,
            DownloadTrack download,
            TrackFiles files,
            OpenRendition renditions,
            PlaybackSettings settings) {
        this.play = play;
        this.download = download;
        this.files = files;
        this.renditions = renditions;
        this.settings = settings;
    }

    /** What a client gets to hear, or to keep. */
    private record Piece(MediaResponse.Media media, MediaResponse.Reader reader, Address address) {}

    /** Where the store itself has it. */
    private interface Address {
        Mono<URI> of(Duration validFor, @Nullable String disposition);
    }

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
        if (track.state().status() == TrackStatus.FAILED) {
            // its bytes are gone, or about to be
            return Mono.error(Failure.notFound("track.not_playable", "The processing of this track failed."));
        }
        String link = track.state().link();
        if (link != null) {
            boolean looking = HttpMethod.HEAD.equals(exchange.getRequest().getMethod());
            return (looking ? Mono.<Void>empty() : counted).then(sendOn(exchange, link));
        }
        Mono<Piece> piece = wanted == null ? Mono.just(uploaded(track, attached)) : made(track, wanted, attached);
        return piece.flatMap(found -> (MediaResponse.startsAtFirstByte(exchange.getRequest(), found.media())
                        ? counted
                        : Mono.<Void>empty())
                .then(
                        redirected(exchange)
                                ? found.address()
                                        .of(settings.redirectFor(), MediaResponse.disposition(found.media()))
                                        .flatMap(address -> sendOn(exchange, address.toString()))
                                : MediaResponse.write(exchange, found.media(), found.reader())));
    }

    /** Whether the store is to give the bytes; what needs none is answered here. */
    private boolean redirected(ServerWebExchange exchange) {
        HttpHeaders asked = exchange.getRequest().getHeaders();
        return settings.redirect()
                && !HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
                && !asked.containsHeader(HttpHeaders.IF_NONE_MATCH)
                && !asked.containsHeader(HttpHeaders.IF_MODIFIED_SINCE);
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
                (offset, length) -> files.read(track.id(), offset, length),
                (validFor, disposition) -> files.address(track.id(), validFor, disposition));
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
                        (offset, length) -> renditions.read(track.id(), wanted, offset, length),
                        (validFor, disposition) -> renditions.address(track.id(), wanted, validFor, disposition)));
    }

    private static Mono<Void> sendOn(ServerWebExchange exchange, String link) {
        exchange.getResponse().setStatusCode(HttpStatus.FOUND);
        exchange.getResponse().getHeaders().setLocation(URI.create(link));
        exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return exchange.getResponse().setComplete();
    }

    private static String filename(Track track, String extension) {
        String title = track.details().title().replaceAll("[/\\\\:*?\"<>|]", "_");
        return title + "." + extension;
    }
}
