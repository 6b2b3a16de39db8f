package dev.cadenza.playlist.track;

import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds the track that somebody means by a title or a number. */
public final class FindNamedTrack {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 20;

    private final Tracks tracks;

    public FindNamedTrack(Tracks tracks) {
        this.tracks = tracks;
    }

    /**
     * Their own of this title, else a public one, else the one of this number; empty where they may see none. A name does
     * not tell how old it is, so for any that is unknown this waits 2 s: it may have been uploaded a moment ago.
     */
    public Mono<Track> find(String name, UUID viewer) {
        return patiently(Mono.defer(() -> tracks.titled(name, viewer))
                .switchIfEmpty(Mono.defer(() -> tracks.publicTitled(name)))
                .switchIfEmpty(Mono.defer(
                        () -> name.matches("[0-9]{1,18}") ? once(Long.parseLong(name), viewer) : Mono.empty())));
    }

    /** The one of this number; empty where they may not see it. */
    public Mono<Track> find(long number, UUID viewer) {
        return patiently(Mono.defer(() -> once(number, viewer)));
    }

    private Mono<Track> once(long number, UUID viewer) {
        return tracks.numbered(number).filter(track -> track.visibleTo(viewer));
    }

    private static Mono<Track> patiently(Mono<Track> lookUp) {
        return lookUp.repeatWhenEmpty(STEPS, empties -> empties.delayElements(STEP))
                .onErrorResume(IllegalStateException.class, exhausted -> Mono.empty());
    }
}
