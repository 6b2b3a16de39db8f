package dev.cadenza.platform.web.drf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list as Django REST Framework's page numbers show it.
 *
 * @param count rows of the whole list
 * @param next absolute address of the next page; null on the last
 * @param previous absolute address of the page before; null on the first
 */
public record DrfPage<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {

    public DrfPage {
        results = List.copyOf(results);
    }
}
