package dev.cadenza.platform.core;

import java.util.List;
import java.util.function.Function;

/**
 * Part of a list.
 *
 * @param total rows in the whole list
 */
public record Page<T>(List<T> items, long total, Paging paging) {

    public Page {
        items = List.copyOf(items);
    }

    /** Number of pages of this size; 0 for an empty list. */
    public long totalPages() {
        return (total + paging.limit() - 1) / paging.limit();
    }

    /** The same page of something else. */
    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), total, paging);
    }
}
