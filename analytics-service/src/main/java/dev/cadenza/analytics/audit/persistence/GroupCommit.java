package dev.cadenza.analytics.audit.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One write after the other, and each takes everything that has come together while the one before was under way. Who
 * waits gets the outcome of the write that took his item; who gives up waiting does not stop it.
 */
final class GroupCommit<T> {

    private final int most;
    private final Function<List<T>, Mono<Void>> write;
    private @Nullable Group newest;

    /**
     * A group commit.
     *
     * @param most items of one write
     */
    GroupCommit(int most, Function<List<T>, Mono<Void>> write) {
        this.most = most;
        this.write = write;
    }

    /** Completes when the item is written. */
    Mono<Void> add(T item) {
        return Mono.defer(() -> join(item));
    }

    private synchronized Mono<Void> join(T item) {
        Group group = newest;
        if (group == null || group.closed || group.items.size() >= most) {
            group = new Group(group == null ? Mono.empty() : group.over.asMono());
            newest = group;
        }
        group.items.add(item);
        return group.written;
    }

    private synchronized List<T> close(Group group) {
        group.closed = true;
        return group.items;
    }

    private final class Group {

        private final List<T> items = new ArrayList<>();
        private final Sinks.Empty<Void> over = Sinks.empty();
        private final Mono<Void> written;
        private boolean closed;

        Group(Mono<Void> turn) {
            this.written = turn.then(Mono.defer(() -> write.apply(close(this))))
                    .doFinally(end -> over.tryEmitEmpty())
                    .cache();
        }
    }
}
