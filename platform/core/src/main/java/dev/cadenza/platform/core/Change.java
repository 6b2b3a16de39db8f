package dev.cadenza.platform.core;

import java.util.List;

/**
 * What a transition of an aggregate returns: the new state and the facts that it made true. Saving a change is the
 * only way to emit an event.
 *
 * @param <S> state of the aggregate
 * @param <E> sealed type of the aggregate's domain events
 */
public record Change<S, E>(S state, List<E> events) {

    public Change {
        events = List.copyOf(events);
    }

    /** A change with these facts. */
    @SafeVarargs
    public static <S, E> Change<S, E> of(S state, E... events) {
        return new Change<>(state, List.of(events));
    }
}
