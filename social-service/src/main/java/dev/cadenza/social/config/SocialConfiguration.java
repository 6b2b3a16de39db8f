package dev.cadenza.social.config;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.social.comment.Comments;
import dev.cadenza.social.comment.DeleteComment;
import dev.cadenza.social.comment.EraseComments;
import dev.cadenza.social.comment.ListComments;
import dev.cadenza.social.comment.WriteComment;
import dev.cadenza.social.like.EraseLikes;
import dev.cadenza.social.like.LikeTrack;
import dev.cadenza.social.like.Likes;
import dev.cadenza.social.like.ListLikes;
import dev.cadenza.social.like.UnlikeTrack;
import dev.cadenza.social.track.FindTrack;
import dev.cadenza.social.track.Tracks;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Likes and comments, wired. */
@Configuration(proxyBeanMethods = false)
class SocialConfiguration {

    @Bean
    Supplier<UUID> ids() {
        return Ids.timeOrdered();
    }

    @Bean
    OpenRoutes openRoutes() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/tracks/{id}/likes", "/api/v1/tracks/{id}/comments");
    }

    @Bean
    FindTrack findTrack(Tracks tracks, Clock clock) {
        return new FindTrack(tracks, clock);
    }

    @Bean
    LikeTrack likeTrack(FindTrack findTrack, Likes likes, Clock clock) {
        return new LikeTrack(findTrack, likes, clock);
    }

    @Bean
    UnlikeTrack unlikeTrack(FindTrack findTrack, Likes likes, Clock clock) {
        return new UnlikeTrack(findTrack, likes, clock);
    }

    @Bean
    ListLikes listLikes(FindTrack findTrack, Likes likes) {
        return new ListLikes(findTrack, likes);
    }

    @Bean
    WriteComment writeComment(FindTrack findTrack, Comments comments, Clock clock, Supplier<UUID> ids) {
        return new WriteComment(findTrack, comments, clock, ids);
    }

    @Bean
    ListComments listComments(FindTrack findTrack, Comments comments) {
        return new ListComments(findTrack, comments);
    }

    @Bean
    DeleteComment deleteComment(Tracks tracks, Comments comments, Clock clock) {
        return new DeleteComment(tracks, comments, clock);
    }

    @Bean
    EraseLikes eraseLikes(Likes likes) {
        return new EraseLikes(likes);
    }

    @Bean
    EraseComments eraseComments(Comments comments, Clock clock) {
        return new EraseComments(comments, clock);
    }
}
