package dev.cadenza.platform.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** What stands for the items of this page, in their order; items that stand for nothing are not counted. */
    public <R> Page<R> found(Map<T, R> things) {
        List<R> shown = items.stream().map(things::get).filter(Objects::nonNull).toList();
        return new Page<>(shown, total - items.size() + shown.size(), paging);
    }

    /** The same page of something else. */
    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), total, paging);
    }
}
