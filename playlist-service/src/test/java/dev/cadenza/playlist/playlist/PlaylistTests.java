package dev.cadenza.playlist.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistTests {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final UUID a = UUID.randomUUID();
    private final UUID b = UUID.randomUUID();
    private final UUID c = UUID.randomUUID();

    @Test
    void isPublicAndWithoutADescriptionUnlessSaidOtherwise() {
        Playlist playlist = created(" Mine ", null, null);

        assertThat(playlist.title()).isEqualTo("Mine");
        assertThat(playlist.description()).isEmpty();
        assertThat(playlist.isPublic()).isTrue();
        assertThat(created("Mine", null, false).isPublic()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\u2003"})
    void needsATitle(@Nullable String title) {
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> created(title, null, null));
    }

    @Test
    void namesEveryFieldThatIsTooLong() {
        FailureException thrown =
                catchThrowableOfType(FailureException.class, () -> created("x".repeat(201), "x".repeat(2_001), null));

        assertThat(((Failure.Invalid) thrown.failure()).violations())
                .extracting(Violation::field)
                .containsExactly("title", "description");
        assertThat(created("x".repeat(200), "x".repeat(2_000), null)).isNotNull();
    }

    @Test
    void updatesWhatIsSaidAndKeepsTheRest() {
        Playlist playlist = created("Mine", "old", true);

        Change<Playlist, PlaylistEvent> change = playlist.update(new PlaylistFacts(null, "new", null), NOW);

        assertThat(change.state().title()).isEqualTo("Mine");
        assertThat(change.state().description()).isEqualTo("new");
        assertThat(change.state().updatedAt()).isEqualTo(NOW);
        assertThat(change.events()).containsExactly(new PlaylistEvent.Updated());
        assertThat(playlist.update(new PlaylistFacts("Mine", null, true), NOW).events())
                .isEmpty();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.update(new PlaylistFacts(" ", null, null), NOW));
    }

    @Test
    void hasATrackOnce() {
        Playlist playlist = with(a, b);

        assertThat(ids(playlist)).containsExactly(a, b);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.add(a, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
    }

    @Test
    void holdsAThousandTracksAndNotMore() {
        List<Playlist.Entry> entries = new ArrayList<>();
        for (int i = 0; i < Playlist.MOST_ENTRIES - 1; i++) {
            entries.add(new Playlist.Entry(UUID.randomUUID(), THEN));
        }
        Playlist almost = new Playlist(UUID.randomUUID(), "ada", "Mine", "", true, entries, THEN, THEN);
        Playlist full = almost.add(a, NOW).state();

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> full.add(b, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
    }

    @Test
    void losesATrackThatItHas() {
        Change<Playlist, PlaylistEvent> change = with(a, b, c).remove(b, NOW);

        assertThat(ids(change.state())).containsExactly(a, c);
        assertThat(change.events()).containsExactly(new PlaylistEvent.TrackRemoved(b));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> change.state().remove(b, NOW))
                .matches(e -> e.failure() instanceof Failure.NotFound);
    }

    @Test
    void takesAnotherOrder() {
        Playlist playlist = with(a, b, c);

        assertThat(ids(playlist.reorder(List.of(c, a, b), NOW).state())).containsExactly(c, a, b);
        assertThat(ids(playlist.reorder(List.of(c), NOW).state())).containsExactly(c, a, b);
        assertThat(playlist.reorder(List.of(a, b, c), NOW).events()).isEmpty();
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> playlist.reorder(List.of(a, a), NOW));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.reorder(List.of(UUID.randomUUID()), NOW));
    }

    private Playlist with(UUID... tracks) {
        Playlist playlist = created("Mine", null, null);
        for (UUID track : tracks) {
            playlist = playlist.add(track, THEN).state();
        }
        return playlist;
    }

    private static List<UUID> ids(Playlist playlist) {
        return playlist.entries().stream().map(Playlist.Entry::trackId).toList();
    }

    private static Playlist created(@Nullable String title, @Nullable String description, @Nullable Boolean isPublic) {
        return Playlist.create(UUID.randomUUID(), "ada", new PlaylistFacts(title, description, isPublic), THEN)
                .state();
    }
}
