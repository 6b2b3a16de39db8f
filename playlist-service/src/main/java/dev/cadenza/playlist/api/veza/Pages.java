package dev.cadenza.playlist.api.veza;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;

/** The dialect's way to ask for a part of a list, and to say which part it is. */
final class Pages {

    private static final int LARGEST = 100;
    private static final int LAST = 1_000_000;

    private Pages() {}

    static Paging of(int page, int limit) {
        if (page < 1 || page > LAST) {
            throw Failure.invalidField("page", "Pages count from 1.");
        }
        if (limit < 1 || limit > LARGEST) {
            throw Failure.invalidField("limit", "A page has 1 to " + LARGEST + " rows.");
        }
        return Paging.page(page, limit);
    }

    static Pagination of(Page<?> page) {
        Paging paging = page.paging();
        return new Pagination(paging.offset() / paging.limit() + 1, paging.limit(), page.total(), page.totalPages());
    }

    record Pagination(long page, int limit, long total, long totalPages) {}
}
