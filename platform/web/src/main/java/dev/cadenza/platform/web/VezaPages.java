package dev.cadenza.platform.web;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;

/** How the veza dialect asks for a part of a list, and how it says which part it is. */
public final class VezaPages {

    private static final int LARGEST = 100;
    private static final int LAST = 1_000_000;

    private VezaPages() {}

    /**
     * The part that a query asks for; fails with {@link Failure.Unreadable} where that makes no sense.
     *
     * @param page from 1 to 1,000,000
     * @param limit rows of a page, from 1 to 100
     */
    public static Paging of(int page, int limit) {
        if (page < 1 || page > LAST) {
            throw wrong("page", LAST);
        }
        if (limit < 1 || limit > LARGEST) {
            throw wrong("limit", LARGEST);
        }
        return Paging.page(page, limit);
    }

    /** What is said about a part of a list. */
    public static Pagination of(Page<?> page) {
        Paging paging = page.paging();
        return new Pagination(paging.offset() / paging.limit() + 1, paging.limit(), page.total(), page.totalPages());
    }

    private static FailureException wrong(String name, int most) {
        return Failure.unreadable(
                "parameter.invalid", "The parameter '" + name + "' must be between 1 and " + most + ".");
    }

    /**
     * Which part of a list an answer holds.
     *
     * @param page from 1
     * @param limit rows of a page
     * @param total rows of the whole list
     * @param totalPages 0 for an empty list
     */
    public record Pagination(long page, int limit, long total, long totalPages) {}
}
