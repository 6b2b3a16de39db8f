package dev.cadenza.social.api.veza;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.social.comment.Comment;
import dev.cadenza.social.comment.DeleteComment;
import dev.cadenza.social.comment.ListComments;
import dev.cadenza.social.comment.WriteComment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Comments on tracks. */
@RestController
@RequestMapping("/api/v1")
class CommentController {

    private final WriteComment writeComment;
    private final ListComments listComments;
    private final DeleteComment deleteComment;

    CommentController(WriteComment writeComment, ListComments listComments, DeleteComment deleteComment) {
        this.writeComment = writeComment;
        this.listComments = listComments;
        this.deleteComment = deleteComment;
    }

    @GetMapping("/tracks/{id}/comments")
    Mono<VezaEnvelope<CommentsJson>> list(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Optional<Caller> caller) {
        return listComments
                .list(id, caller.map(Caller::id).orElse(null), VezaPages.of(page, limit))
                .map(CommentsJson::of)
                .map(VezaEnvelope::data);
    }

    @PostMapping("/tracks/{id}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<CreatedJson>> write(@PathVariable UUID id, @RequestBody WriteJson body, Caller caller) {
        return writeComment
                .write(id, caller.id(), caller.username(), body.content())
                .map(comment -> VezaEnvelope.data(new CreatedJson(CommentJson.of(comment))));
    }

    @DeleteMapping("/comments/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> delete(@PathVariable UUID id, Caller caller) {
        return deleteComment
                .delete(id, caller.id(), caller.isAdmin())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Comment deleted successfully")));
    }

    record WriteJson(@Nullable String content) {}

    record CreatedJson(CommentJson comment) {}

    record CommentsJson(List<CommentJson> comments, VezaPages.Pagination pagination) {
        static CommentsJson of(Page<Versioned<Comment>> page) {
            return new CommentsJson(page.map(CommentJson::of).items(), VezaPages.of(page));
        }
    }

    record CommentJson(UUID id, UUID userId, String username, String content, Instant createdAt) {
        static CommentJson of(Versioned<Comment> comment) {
            Comment state = comment.state();
            return new CommentJson(comment.id(), state.userId(), state.username(), state.content(), state.createdAt());
        }
    }
}
