package dev.cadenza.analytics.audit;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes down how far the chain has come, in the store and in the log of this process, and looks whether it still agrees
 * with what was written down last: what the chain alone cannot tell is that its end is missing.
 */
public final class AnchorHead {

    private static final Logger LOG = LoggerFactory.getLogger(AnchorHead.class);

    private final AuditLog log;
    private final Anchors anchors;
    private final Clock clock;
    private volatile long length;
    private volatile boolean broken;

    public AnchorHead(AuditLog log, Anchors anchors, Clock clock) {
        this.log = log;
        this.anchors = anchors;
        this.clock = clock;
    }

    /** The head. */
    public Mono<Anchor> anchor() {
        return anchors.last()
                .defaultIfEmpty(Anchor.BEGINNING)
                .flatMap(last -> holds(last).flatMap(holds -> note(last, holds)));
    }

    /** Rows in the chain when it was looked at last. */
    public long length() {
        return length;
    }

    /** Whether the chain had lost or changed the row that was written down last. */
    public boolean isBroken() {
        return broken;
    }

    private Mono<Boolean> holds(Anchor last) {
        return last.seq() == 0
                ? Mono.just(true)
                : log.at(last.seq())
                        .map(row -> row.hash().equals(last.hash()))
                        .defaultIfEmpty(false)
                        .onErrorResume(UnreadableRowException.class, error -> Mono.just(false));
    }

    private Mono<Anchor> note(Anchor last, boolean holds) {
        if (!holds && !broken) {
            LOG.error("audit chain is broken: it had reached {}, which is not there any more", last);
        }
        broken = !holds;
        return log.head().flatMap(head -> {
            length = head.seq();
            if (broken || head.seq() <= last.seq()) {
                // what does not hold stays the last word, until somebody has looked into it
                return Mono.just(head);
            }
            LOG.info("audit chain has reached {}", head);
            return anchors.record(head, clock.instant()).thenReturn(head);
        });
    }
}
