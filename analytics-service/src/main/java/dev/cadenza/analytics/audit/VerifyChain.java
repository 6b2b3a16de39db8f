package dev.cadenza.analytics.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Computes the whole chain anew, as it is read, up to the first place that is not as it was written. */
public final class VerifyChain {

    private static final int BLOCK = 1_000;

    private final AuditLog log;
    private final Anchors anchors;
    private final Scheduler threads;

    /**
     * A verification.
     *
     * @param threads where the hashes are computed
     */
    public VerifyChain(AuditLog log, Anchors anchors, Scheduler threads) {
        this.log = log;
        this.anchors = anchors;
        this.threads = threads;
    }

    /**
     * How far it is, every now and then; the last element is the result. Rows that are added meanwhile are left out.
     *
     * @param kept anchors that somebody kept elsewhere
     */
    public Flux<Verification> verify(Collection<Anchor> kept) {
        return Flux.defer(() -> {
            Run run = new Run(kept);
            return log.head().flatMapMany(head -> run.upTo(head).concatWith(Mono.defer(run::end)));
        });
    }

    private final class Run {

        private final Collection<Anchor> kept;
        private Verification state = Verification.BEGINNING;

        Run(Collection<Anchor> kept) {
            this.kept = kept;
        }

        Flux<Verification> upTo(Anchor head) {
            return log.rows(1, head.seq())
                    .map(Optional::of)
                    .onErrorResume(UnreadableRowException.class, error -> Mono.just(Optional.empty()))
                    .buffer(BLOCK)
                    .publishOn(threads, 1)
                    .concatMap(rows -> anchored(rows).map(anchored -> add(rows, anchored)), 1)
                    .takeUntil(verification -> verification.broken() != null);
        }

        private Mono<Map<Long, List<Anchor>>> anchored(List<Optional<AuditRow>> rows) {
            LongSummaryStatistics places = rows.stream()
                    .flatMap(Optional::stream)
                    .mapToLong(AuditRow::seq)
                    .summaryStatistics();
            return anchors.between(places.getMin(), places.getMax())
                    .concatWith(Flux.fromIterable(kept))
                    .collect(
                            HashMap::new,
                            (found, anchor) -> found.computeIfAbsent(anchor.seq(), seq -> new ArrayList<>())
                                    .add(anchor));
        }

        /** An empty row is one that could not be read. */
        private Verification add(List<Optional<AuditRow>> rows, Map<Long, List<Anchor>> anchored) {
            for (Optional<AuditRow> row : rows) {
                long place = state.head().seq() + 1;
                state = row.isPresent()
                        ? state.with(row.get())
                        : state.broken(place, "What is stored in this place is no row.");
                for (Anchor anchor : anchored.getOrDefault(place, List.of())) {
                    if (state.broken() == null) {
                        state = state.with(anchor);
                    }
                }
                if (state.broken() != null) {
                    break;
                }
            }
            return state;
        }

        Mono<Verification> end() {
            if (state.broken() != null) {
                return Mono.just(state.end());
            }
            long reached = state.head().seq();
            return anchors.between(reached + 1, Long.MAX_VALUE)
                    .concatWith(Flux.fromIterable(kept).filter(anchor -> anchor.seq() > reached))
                    .filterWhen(this::isGone)
                    .map(Anchor::seq)
                    .reduce(Math::min)
                    .map(seq -> state.broken(reached + 1, "The end is missing: the chain had reached row " + seq + "."))
                    .switchIfEmpty(log.hasStrays()
                            .map(strays -> strays
                                    ? state.broken(reached + 1, "Something is stored that has no place in the chain.")
                                    : state))
                    .map(Verification::end);
        }

        /** The log may have gone on since its head was looked up. */
        private Mono<Boolean> isGone(Anchor anchor) {
            return log.at(anchor.seq())
                    .map(row -> !row.hash().equals(anchor.hash()))
                    .onErrorResume(UnreadableRowException.class, error -> Mono.just(true))
                    .defaultIfEmpty(true);
        }
    }
}
