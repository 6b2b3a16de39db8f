package dev.cadenza.catalog.playback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadenza.catalog.playback.Fragments.Fragment;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFiles;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tracks in segments. A rung is one file of fragments, made when something of it is asked for and read while it grows, so
 * that playing begins at once; kept when it is whole.
 */
@Component
public final class Hls {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int TRY_AGAIN_SECONDS = 2;
    private static final int MOST_KNOWN = 1_000;
    /** Short, for they may be swept meanwhile. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final Renditions renditions;
    private final TrackFiles files;
    private final Transcoder transcoder;
    private final PlaybackSettings settings;
    private final ConcurrentMap<String, Growing> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Fragments> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    Hls(Renditions renditions, TrackFiles files, Transcoder transcoder, PlaybackSettings settings) {
        this.renditions = renditions;
        this.files = files;
        this.transcoder = transcoder;
        this.settings = settings;
    }

    /** The playlist of one rung; see {@link HlsPlaylist#master}. */
    public Mono<String> playlist(Versioned<Track> track, int rung, String query) {
        double seconds = track.state().audio().durationSeconds();
        return whole(track, rung)
                .map(fragments -> fragments.fragments().size())
                .defaultIfEmpty(HlsPlaylist.segments(seconds))
                .map(segments -> HlsPlaylist.media(seconds, segments, query));
    }

    /** What a player needs before the first segment. */
    public Mono<ByteBuffer> init(Versioned<Track> track, int rung) {
        return part(
                track,
                rung,
                found -> found.fragments().isEmpty() ? null : new Fragment(0, (int) found.initLength(), 0));
    }

    /** One segment, counted from 0; NotFound behind the last. */
    public Mono<ByteBuffer> segment(Versioned<Track> track, int rung, int number) {
        return part(
                track,
                rung,
                found -> number < found.fragments().size() ? found.fragments().get(number) : null);
    }

    /** Which bytes are wanted; null where they are not there, yet or at all. */
    private interface Choice {
        @Nullable
        Fragment of(Fragments found);
    }

    private Mono<ByteBuffer> part(Versioned<Track> track, int rung, Choice choice) {
        return whole(track, rung)
                .flatMap(found -> stored(track, rung, found, choice))
                .switchIfEmpty(Mono.defer(() -> {
                            Growing growing = underWay.computeIfAbsent(key(track, rung), key -> grow(key, track, rung));
                            return Mono.firstWithSignal(
                                    soon(growing, choice),
                                    growing.whole().flatMap(found -> stored(track, rung, found, choice)));
                        })
                        .timeout(
                                settings.patience(),
                                Mono.error(() -> Failure.unavailable(
                                        "stream.preparing",
                                        "This part of the track is being prepared. Try again soon.",
                                        TRY_AGAIN_SECONDS))));
    }

    private Mono<Fragments> whole(Versioned<Track> track, int rung) {
        String key = key(track, rung);
        Fragments found = known.getIfPresent(key);
        return found == null
                ? renditions.fragments(track.id(), name(rung)).doOnNext(read -> known.put(key, read))
                : Mono.just(found);
    }

    private Mono<ByteBuffer> stored(Versioned<Track> track, int rung, Fragments found, Choice choice) {
        Fragment wanted = choice.of(found);
        if (wanted == null) {
            return Mono.error(Failure.notFound("stream.segment_not_found", "The track ends before this segment."));
        }
        return renditions
                .read(track.id(), name(rung), wanted.offset(), wanted.length())
                .reduceWith(() -> ByteBuffer.allocate(wanted.length()), ByteBuffer::put)
                .map(ByteBuffer::flip);
    }

    /** As soon as it was written; never empty. */
    private Mono<ByteBuffer> soon(Growing growing, Choice choice) {
        return Mono.defer(() -> transcoder.look(growing.file, channel -> growing.read(channel, choice)))
                .repeatWhenEmpty(Integer.MAX_VALUE, looks -> looks.delayElements(LOOK));
    }

    /** Goes on when those who asked are gone: what was begun is wanted again. */
    private Growing grow(String key, Versioned<Track> track, int rung) {
        Path file = transcoder.place();
        Mono<Fragments> made = files.withCopy(
                        track.id(),
                        in -> transcoder.fragment(in, track.state().audio().channels(), rung, file))
                .then(transcoder.look(file, Fragments.NONE::extended))
                .flatMap(found -> renditions.store(track.id(), name(rung), file, found));
        return new Growing(
                file,
                Mono.usingWhen(
                                Mono.just(file),
                                unused -> made,
                                unused -> transcoder.discard(file).doFinally(end -> underWay.remove(key)))
                        .cache());
    }

    private static String key(Versioned<Track> track, int rung) {
        return track.id() + "/" + rung;
    }

    private static String name(int rung) {
        return "hls-" + rung;
    }

    /** A rung that is being made. */
    private static final class Growing {
        private final Path file;
        private final Mono<Fragments> whole;
        private Fragments found = Fragments.NONE;

        Growing(Path file, Mono<Fragments> whole) {
            this.file = file;
            this.whole = whole;
        }

        Mono<Fragments> whole() {
            return whole;
        }

        synchronized @Nullable ByteBuffer read(FileChannel channel, Choice choice) throws IOException {
            found = found.extended(channel);
            Fragment wanted = choice.of(found);
            return wanted == null ? null : Fragments.read(channel, wanted.offset(), wanted.length());
        }
    }
}
