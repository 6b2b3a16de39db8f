package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.track.TrackOrder;
import java.util.Arrays;
import java.util.UUID;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;

/** The orders in which something is found. In all of them ids decide in the end, so that ids can be read from them. */
final class SortOrders {

    private static final SortField LATER = number(Fields.CREATED, true);

    /** Also the order in which the index keeps what it holds. */
    static final Sort NEWEST = by(LATER);

    static final Sort BEST = by(SortField.FIELD_SCORE, LATER);

    private SortOrders() {}

    /** Of tracks that nobody looks for by words. */
    static Sort of(TrackOrder order) {
        boolean down = !order.ascending();
        return switch (order.field()) {
            case CREATED_AT, RELEVANCE -> by(number(Fields.CREATED, down));
            case UPDATED_AT -> by(number(Fields.UPDATED, down), LATER);
            case PUBLISHED_AT -> by(number(Fields.PUBLISHED, down), LATER);
            case TITLE -> words(Fields.NAME_START, Fields.NAME_ORDER, down);
            case ARTIST -> words(Fields.ARTIST_START, Fields.ARTIST_ORDER, down);
            case DURATION -> by(DoubleField.newSortField(Fields.SECONDS, down, SortedNumericSelector.Type.MIN), LATER);
            case LIKES -> by(number(Fields.LIKES, down), LATER);
            case DOWNLOADS -> by(number(Fields.DOWNLOADS, down), LATER);
            case POPULARITY -> by(number(Fields.PLAYS, down), number(Fields.LIKES, down), LATER);
        };
    }

    /** The id of something that was found in one of these orders. */
    static UUID id(ScoreDoc found) {
        Object[] ordered = ((FieldDoc) found).fields;
        return new UUID((long) ordered[ordered.length - 2], (long) ordered[ordered.length - 1]);
    }

    private static Sort words(String start, String order, boolean down) {
        return by(
                new SortField(start, SortField.Type.LONG, down),
                new SortField(order, SortField.Type.STRING_VAL, down),
                LATER);
    }

    private static Sort by(SortField... fields) {
        SortField[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = new SortField(Fields.ID_HIGH, SortField.Type.LONG, true);
        all[fields.length + 1] = new SortField(Fields.ID_LOW, SortField.Type.LONG, true);
        return new Sort(all);
    }

    private static SortField number(String field, boolean down) {
        return LongField.newSortField(field, down, SortedNumericSelector.Type.MIN);
    }
}
