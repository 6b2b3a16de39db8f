package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.function.BiFunction;

/**
 * How aggregates of one kind are stored and told to others.
 *
 * @param name collection
 * @param stateType record; components may be numbers, text, booleans, {@code UUID}, {@code Instant} (kept to the
 *     millisecond), enums, records, lists and sets of these, maps with text keys, and {@code Map<String, Object>} of
 *     JSON values. Null components are left out; components that a stored document lacks are read as null, 0, false or
 *     empty, unknown fields are ignored
 * @param topic where the events go; empty where there are none
 * @param numbered whether each aggregate gets a positive integer beside its id
 * @param translate turns a domain event, and the aggregate after the change (for a deletion: its last state), into what
 *     others read
 */
public record AggregateDefinition<S extends Record, E>(
        String name,
        Class<S> stateType,
        String topic,
        boolean numbered,
        BiFunction<Versioned<S>, E, EventMessage> translate,
        List<IndexSpec> indexes) {

    public AggregateDefinition {
        indexes = List.copyOf(indexes);
    }

    /** Aggregates that nobody outside hears of; their changes carry no events. */
    public static <S extends Record, E> AggregateDefinition<S, E> unpublished(
            String name, Class<S> stateType, boolean numbered, List<IndexSpec> indexes) {
        return new AggregateDefinition<>(
                name,
                stateType,
                "",
                numbered,
                (aggregate, event) -> {
                    throw new IllegalStateException(name + " has no topic for " + event);
                },
                indexes);
    }
}
