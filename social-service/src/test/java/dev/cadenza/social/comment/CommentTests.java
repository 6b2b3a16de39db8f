package dev.cadenza.social.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.social.track.Track;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommentTests {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final Track track = new Track(UUID.randomUUID(), UUID.randomUUID(), true);
    private final UUID author = UUID.randomUUID();

    @Test
    void keepsTheTextWithoutTheSpaceAround() {
        assertThat(written("  Größe ♥ \n").content()).isEqualTo("Größe ♥");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", "\n\t\u2003"})
    void refusesATextThatSaysNothing(@Nullable String content) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> written(content))
                .matches(e -> e.failure() instanceof Failure.Invalid);
    }

    @Test
    void takesTheLongestTextAndNotMore() {
        assertThat(written("x".repeat(2_000)).content()).hasSize(2_000);
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> written("x".repeat(2_001)));
    }

    @Test
    void mayBeDeletedByItsAuthorTheTracksOwnerAndAdministratorsOnly() {
        Comment comment = written("hm");

        assertThat(comment.mayBeDeletedBy(author, false)).isTrue();
        assertThat(comment.mayBeDeletedBy(track.ownerId(), false)).isTrue();
        assertThat(comment.mayBeDeletedBy(UUID.randomUUID(), true)).isTrue();
        assertThat(comment.mayBeDeletedBy(UUID.randomUUID(), false)).isFalse();
    }

    private Comment written(@Nullable String content) {
        return Comment.write(track, author, "ada", content, NOW).state();
    }
}
