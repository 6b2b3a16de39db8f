package dev.cadenza.analytics.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts rows that nobody has counted, a block after the other. Where blocks begin and end follows from the chain alone,
 * so that several instances that count the same one, and one that died over it, count it once.
 */
public final class CountRows {

    static final int BLOCK = 500;
    private static final int AT_ONCE = 8;

    private final AuditLog log;
    private final AuditCounts counts;

    public CountRows(AuditLog log, AuditCounts counts) {
        this.log = log;
        this.counts = counts;
    }

    /** How many blocks were counted; what is left is less than one. */
    public Mono<Long> count() {
        return Mono.defer(this::countBlock)
                .repeat()
                .takeWhile(counted -> counted)
                .count();
    }

    private Mono<Boolean> countBlock() {
        return Mono.zip(counts.countedUpTo(), log.reached())
                .flatMap(both -> both.getT2().seq() < both.getT1() + BLOCK
                        ? Mono.just(false)
                        : count(both.getT1()).thenReturn(true));
    }

    private Mono<Void> count(long from) {
        long upTo = from + BLOCK;
        return log.rows(from + 1, upTo)
                .collect(Block::new, Block::add)
                .flatMap(block -> Flux.fromIterable(block.actions.entrySet())
                        .flatMap(of -> counts.add(of.getKey().orElse(null), of.getValue(), upTo), AT_ONCE)
                        .then(counts.countedUpTo(upTo)));
    }

    /** Numbers of a block by account; those of everything under nobody's name. */
    private static final class Block {

        private final Map<Optional<UUID>, Map<String, Long>> actions = new HashMap<>();

        void add(AuditRow row) {
            String action = row.entry().action();
            count(Optional.empty(), action);
            Optional.ofNullable(row.entry().userId()).ifPresent(user -> count(Optional.of(user), action));
        }

        private void count(Optional<UUID> whose, String action) {
            actions.computeIfAbsent(whose, key -> new HashMap<>()).merge(action, 1L, Long::sum);
        }
    }
}
