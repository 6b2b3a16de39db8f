package dev.cadenza.social.like;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.core.Change;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LikeTests {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final Like liked = Like.first(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "ada", THEN)
            .state();

    @Test
    void likingTwiceMakesNoSecondEvent() {
        Change<Like, LikeEvent> again = liked.like("ada", NOW);

        assertThat(again.events()).isEmpty();
        assertThat(again.state()).isEqualTo(liked);
    }

    @Test
    void takingBackWhatWasTakenBackMakesNoEvent() {
        Change<Like, LikeEvent> unliked = liked.unlike(NOW);

        assertThat(unliked.events()).containsExactly(new LikeEvent.Unliked());
        assertThat(unliked.state().liked()).isFalse();
        assertThat(unliked.state().unlike(NOW).events()).isEmpty();
    }

    @Test
    void likingAnewTakesTheNewTimeAndName() {
        Like anew = liked.unlike(THEN).state().like("lovelace", NOW).state();

        assertThat(anew.liked()).isTrue();
        assertThat(anew.at()).isEqualTo(NOW);
        assertThat(anew.username()).isEqualTo("lovelace");
    }

    @Test
    void aUserHasOneLikeOfATrack() {
        UUID track = UUID.randomUUID();
        UUID user = UUID.randomUUID();

        assertThat(Like.idOf(track, user)).isEqualTo(Like.idOf(track, user)).isNotEqualTo(Like.idOf(user, track));
    }
}
