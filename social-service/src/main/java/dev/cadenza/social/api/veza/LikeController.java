package dev.cadenza.social.api.veza;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.social.like.Like;
import dev.cadenza.social.like.LikeTrack;
import dev.cadenza.social.like.ListLikes;
import dev.cadenza.social.like.UnlikeTrack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Likes of tracks. */
@RestController
@RequestMapping("/api/v1/tracks/{id}")
class LikeController {

    private final LikeTrack likeTrack;
    private final UnlikeTrack unlikeTrack;
    private final ListLikes listLikes;

    LikeController(LikeTrack likeTrack, UnlikeTrack unlikeTrack, ListLikes listLikes) {
        this.likeTrack = likeTrack;
        this.unlikeTrack = unlikeTrack;
        this.listLikes = listLikes;
    }

    @PostMapping("/like")
    Mono<VezaEnvelope<VezaEnvelope.Message>> like(@PathVariable UUID id, Caller caller) {
        return likeTrack
                .like(id, caller.id(), caller.username())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Track liked")));
    }

    @DeleteMapping("/like")
    Mono<VezaEnvelope<VezaEnvelope.Message>> unlike(@PathVariable UUID id, Caller caller) {
        return unlikeTrack.unlike(id, caller.id()).then(Mono.fromSupplier(() -> VezaEnvelope.message("Track unliked")));
    }

    @GetMapping("/likes")
    Mono<VezaEnvelope<LikesJson>> likes(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Optional<Caller> caller) {
        return listLikes
                .list(id, caller.map(Caller::id).orElse(null), VezaPages.of(page, limit))
                .map(LikesJson::of)
                .map(VezaEnvelope::data);
    }

    record LikesJson(List<LikeJson> likes, long total, VezaPages.Pagination pagination) {
        static LikesJson of(Page<Like> page) {
            return new LikesJson(page.map(LikeJson::of).items(), page.total(), VezaPages.of(page));
        }
    }

    record LikeJson(UUID userId, String username, Instant likedAt) {
        static LikeJson of(Like like) {
            return new LikeJson(like.userId(), like.username(), like.at());
        }
    }
}
