package dev.cadenza.catalog.search;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Everybody who has a track that everybody sees. */
@Component
public final class ListArtists {

    private final SearchIndex index;
    private final People people;

    ListArtists(SearchIndex index, People people) {
        this.index = index;
        this.people = people;
    }

    /** Newest account first. */
    public Mono<Page<People.Person>> artists(Paging paging) {
        return index.artists(paging)
                .flatMap(page ->
                        people.all(page.items()).collectMap(People.Person::id).map(page::found));
    }
}
