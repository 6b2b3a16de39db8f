package dev.cadenza.analytics.audit;

import org.jspecify.annotations.Nullable;

/**
 * How far a verification of the chain is.
 *
 * @param rows that were found whole so far
 * @param anchors that were compared so far
 * @param head the last of these rows
 * @param finished whether there is no more to come
 * @param broken the first place that is not as it was written; null where there is none so far
 */
public record Verification(
        long rows,
        long anchors,
        Anchor head,
        boolean finished,
        @Nullable Break broken) {

    /**
     * A place that is not as it was written.
     *
     * @param seq of the first row that cannot be trusted
     * @param reason sentence for a person
     */
    public record Break(long seq, String reason) {}

    static final Verification BEGINNING = new Verification(0, 0, Anchor.BEGINNING, false, null);

    Verification with(AuditRow row) {
        long expected = head.seq() + 1;
        if (row.seq() > expected) {
            return broken(expected, "The row is missing; the next one is " + row.seq() + ".");
        }
        if (row.seq() < expected) {
            return broken(row.seq(), "There are two rows in this place.");
        }
        if (!row.previous().equals(head.hash())) {
            return broken(expected, "The row does not continue the one before.");
        }
        if (!row.isIntact()) {
            return broken(expected, "The row was changed.");
        }
        return new Verification(rows + 1, anchors, row.anchor(), false, null);
    }

    /** With an anchor of the row that was last added. */
    Verification with(Anchor anchor) {
        return anchor.hash().equals(head.hash())
                ? new Verification(rows, anchors + 1, head, false, broken)
                : broken(anchor.seq(), "The row is not the one that was anchored.");
    }

    Verification broken(long seq, String reason) {
        return new Verification(rows, anchors, head, false, new Break(seq, reason));
    }

    Verification end() {
        return new Verification(rows, anchors, head, true, broken);
    }
}
