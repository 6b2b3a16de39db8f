package dev.cadenza.platform.events;

import org.jspecify.annotations.Nullable;

/**
 * A fact as other services shall read it.
 *
 * @param type such as {@code catalog.track.uploaded}
 * @param v version of {@code data}, from 1
 * @param data a contract record
 * @param topic where it goes; null for the topic of the collection's definition
 */
public record EventMessage(
        String type, int v, Object data, @Nullable String topic) {

    /** A message for the topic of the collection's definition. */
    public EventMessage(String type, int v, Object data) {
        this(type, v, data, null);
    }
}
