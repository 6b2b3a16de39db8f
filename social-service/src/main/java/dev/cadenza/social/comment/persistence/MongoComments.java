package dev.cadenza.social.comment.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.social.comment.Comment;
import dev.cadenza.social.comment.CommentEvent;
import dev.cadenza.social.comment.Comments;
import dev.cadenza.social.comment.messaging.CommentEventTranslator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Comments in MongoDB. */
@Repository
class MongoComments implements Comments {

    private final AggregateCollection<Comment, CommentEvent> collection;

    MongoComments(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "comments",
                Comment.class,
                CommentEventTranslator.TOPIC,
                false,
                CommentEventTranslator::translate,
                List.of(IndexSpec.on("state.trackId", "-state.createdAt"), IndexSpec.on("state.userId"))));
    }

    @Override
    public Mono<Versioned<Comment>> add(UUID id, Change<Comment, CommentEvent> written) {
        return collection.insert(id, written);
    }

    @Override
    public Mono<Versioned<Comment>> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Mono<Void> delete(Versioned<Comment> comment, List<CommentEvent> events) {
        return collection.delete(comment, events);
    }

    @Override
    public Mono<Long> deleteAllOf(UUID userId, List<CommentEvent> events) {
        return collection.deleteAll(eq("state.userId", userId), events).count();
    }

    @Override
    public Mono<Page<Versioned<Comment>>> onTrack(UUID trackId, Paging paging) {
        return collection.page(eq("state.trackId", trackId), descending("state.createdAt", "_id"), paging);
    }
}
