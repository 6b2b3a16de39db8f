package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.NameClaims;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps the titles of one owner apart, for dialects in which no two of his tracks are called the same. Others give titles as
 * they like: what they did before is respected, what they do at the same moment is not seen.
 */
@Component
public final class UniqueTitles {

    private static final Failure TAKEN = new Failure.Conflict("track.title_taken", "You have a track of this title.");

    private final Tracks tracks;
    private final NameClaims titleClaims;

    UniqueTitles(Tracks tracks, NameClaims titleClaims) {
        this.tracks = tracks;
        this.titleClaims = titleClaims;
    }

    /** Does the work that makes a track of this title; Conflict where its owner has one, or somebody is making it. */
    public <T> Mono<T> made(UUID ownerId, String title, Mono<T> work) {
        return alone(ownerId, TextFields.clean(title), work);
    }

    /**
     * Does the work that describes the track; Conflict as above where that gives it another title.
     *
     * @param title null: it keeps its own
     */
    public <T> Mono<T> described(Versioned<Track> track, @Nullable String title, Mono<T> work) {
        if (title == null
                || TextFields.clean(title).equals(track.state().details().title())) {
            return work;
        }
        return alone(track.state().ownerId(), TextFields.clean(title), work);
    }

    private <T> Mono<T> alone(UUID ownerId, String title, Mono<T> work) {
        return titleClaims.alone(
                ownerId,
                title,
                TAKEN::asException,
                tracks.hasTitle(ownerId, title).flatMap(has -> has ? Mono.error(TAKEN::asException) : work));
    }
}
