package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes several tracks, each for itself. */
@Component
public final class DeleteTracks {

    private static final int MOST = 100;

    private final DeleteTrack delete;

    DeleteTracks(DeleteTrack delete) {
        this.delete = delete;
    }

    /**
     * What became of them.
     *
     * @param failed why the others are still there
     */
    public record Outcome(List<UUID> deleted, Map<UUID, Failure> failed) {}

    /** Invalid where there are none, or too many. */
    public Mono<Outcome> delete(Collection<UUID> ids, UUID caller) {
        if (ids.isEmpty() || ids.size() > MOST) {
            throw Failure.invalidField("track_ids", "There must be 1 to " + MOST + " ids.");
        }
        Outcome outcome = new Outcome(new ArrayList<>(), new LinkedHashMap<>());
        return Flux.fromIterable(new LinkedHashSet<>(ids))
                .concatMap(
                        id -> delete.delete(id, caller)
                                .then(Mono.fromRunnable(() -> outcome.deleted().add(id)))
                                .onErrorResume(
                                        FailureException.class,
                                        refused -> Mono.fromRunnable(
                                                () -> outcome.failed().put(id, refused.failure()))),
                        1)
                .then(Mono.just(outcome));
    }
}
