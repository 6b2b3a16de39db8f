package dev.cadenza.catalog.search.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.regex;

import dev.cadenza.catalog.track.SearchText;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/** Words of a query as a filter. */
final class Words {

    private Words() {}

    /** All words occur in the field, which holds folded text. */
    static Bson allIn(String field, String query) {
        List<Bson> all = SearchText.words(query).stream()
                .map(word -> regex(field, Pattern.quote(word)))
                .toList();
        return all.isEmpty() ? empty() : and(all);
    }
}
