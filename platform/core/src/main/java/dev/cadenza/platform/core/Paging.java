package dev.cadenza.platform.core;

/**
 * Which part of a list is asked for.
 *
 * @param offset rows to leave out, from 0
 * @param limit rows to return, from 1
 */
public record Paging(long offset, int limit) {

    public Paging {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
        }
    }

    /** Page {@code page}, counted from 1, of {@code size} rows. */
    public static Paging page(int page, int size) {
        return new Paging((long) (page - 1) * size, size);
    }
}
