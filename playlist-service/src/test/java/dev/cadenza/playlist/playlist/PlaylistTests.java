package dev.cadenza.playlist.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.playlist.track.Track;
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

    private final UUID me = UUID.randomUUID();
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
                .isThrownBy(() -> playlist.add(track(a), 9, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
    }

    @Test
    void holdsAThousandTracksAndNotMore() {
        List<Playlist.Entry> entries = new ArrayList<>();
        for (int i = 0; i < Playlist.MOST_ENTRIES - 1; i++) {
            entries.add(new Playlist.Entry(UUID.randomUUID(), i, null, null, THEN));
        }
        Playlist almost = new Playlist(
                UUID.randomUUID(),
                "ada",
                "Mine",
                "",
                true,
                entries,
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                THEN,
                THEN);
        Playlist full = almost.add(track(a), 1001, NOW).state();

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> full.add(track(b), 1002, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
    }

    @Test
    void losesATrackThatItHas() {
        Change<Playlist, PlaylistEvent> change = with(a, b, c).remove(b, me, NOW);

        assertThat(ids(change.state())).containsExactly(a, c);
        assertThat(change.events()).containsExactly(new PlaylistEvent.TrackRemoved(b));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> change.state().remove(b, me, NOW))
                .matches(e -> e.failure() instanceof Failure.NotFound);
    }

    @Test
    void takesAnotherOrder() {
        Playlist playlist = with(a, b, c);

        assertThat(ids(playlist.reorder(List.of(c, a, b), null, me, NOW).state()))
                .containsExactly(c, a, b);
        assertThat(playlist.reorder(List.of(a, b, c), null, me, NOW).events()).isEmpty();
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.reorder(List.of(a, a, b), null, me, NOW));
    }

    @Test
    void keepsItsOrderWhereSomebodyOrdersWhatIsNotThere() {
        Playlist playlist = with(a, b, c);
        String seen = playlist.orderVersion(me);
        Playlist other = playlist.reorder(List.of(b, a, c), seen, me, NOW).state();

        assertThat(playlist.reorder(List.of(c, b), null, me, NOW).state()).isEqualTo(playlist);
        assertThat(playlist.reorder(List.of(c, b, a, UUID.randomUUID()), null, me, NOW)
                        .state())
                .isEqualTo(playlist);
        assertThat(ids(other)).containsExactly(b, a, c);
        assertThat(other.reorder(List.of(c, b, a), seen, me, NOW).state()).isEqualTo(other);
        assertThat(ids(other.reorder(List.of(c, b, a), other.orderVersion(me), me, NOW)
                        .state()))
                .containsExactly(c, b, a);
    }

    @Test
    void whatSomebodyDoesNotSeeStaysWhereItIs() {
        UUID stranger = UUID.randomUUID();
        Playlist playlist = with(a, b, c).settle(b, hidden(b, stranger), NOW).state();

        assertThat(playlist.order(me)).containsExactly(a, c);
        assertThat(playlist.order(stranger)).containsExactly(a, b, c);
        assertThat(playlist.order(null)).containsExactly(a, c);
        assertThat(ids(playlist.reorder(List.of(c, a), null, me, NOW).state())).containsExactly(c, b, a);
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> playlist.remove(b, me, NOW));
        assertThat(playlist.settle(b, track(b), NOW).state().order(me)).containsExactly(a, b, c);
        assertThat(ids(playlist.settle(b, null, NOW).state())).containsExactly(a, c);
    }

    @Test
    void eachMayWhatTheirPermissionSays() {
        UUID reader = UUID.randomUUID();
        UUID admin = UUID.randomUUID();
        Playlist playlist = created("Mine", null, false)
                .invite(reader, Permission.READ, NOW)
                .state()
                .invite(admin, Permission.ADMIN, NOW)
                .state();
        UUID owner = playlist.ownerId();

        assertThat(playlist.open(admin, Permission.WRITE)).isSameAs(playlist);
        assertThat(playlist.open(owner, Permission.ADMIN)).isSameAs(playlist);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.open(reader, Permission.WRITE))
                .matches(e -> e.failure() instanceof Failure.Forbidden);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.open(me, Permission.READ))
                .matches(e -> e.failure() instanceof Failure.NotFound);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.openToOwner(admin))
                .matches(e -> e.failure() instanceof Failure.Forbidden);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.dismiss(owner, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> playlist.permit(owner, Permission.READ, NOW))
                .matches(e -> e.failure() instanceof Failure.Conflict);
        assertThat(playlist.dismiss(reader, NOW).state().visibleTo(reader)).isFalse();
    }

    @Test
    void isFoundByBeginningsWithoutAccents() {
        assertThat(created("Été à Saint-Étienne", "Ça va", true).words())
                .containsExactly("ete", "a", "saint", "etienne", "ca", "va");
    }

    @Test
    void keepsTheNewestLinksThatHaveNotExpired() {
        Playlist playlist = created("Mine", null, null)
                .share(new Playlist.ShareLink("old", NOW), THEN)
                .state();
        assertThat(playlist.openedBy("old", THEN)).isTrue();
        assertThat(playlist.openedBy("old", NOW)).isFalse();
        for (int i = 0; i < Playlist.MOST_LINKS + 1; i++) {
            playlist = playlist.share(new Playlist.ShareLink("link" + i, NOW.plusSeconds(60)), NOW)
                    .state();
        }
        assertThat(playlist.links()).hasSize(Playlist.MOST_LINKS);
        assertThat(playlist.openedBy("link0", NOW)).isFalse();
        assertThat(playlist.unshare().state().links()).isEmpty();
    }

    private static Track track(UUID id) {
        return new Track(id, 1, UUID.randomUUID(), "ada", "Song", "Ada", "Jazz", 1.5, true);
    }

    private static Track hidden(UUID id, UUID owner) {
        return new Track(id, 1, owner, "ada", "Song", "Ada", null, 1.5, false);
    }

    private Playlist with(UUID... tracks) {
        Playlist playlist = created("Mine", null, null);
        for (UUID track : tracks) {
            playlist = playlist.add(track(track), playlist.entries().size() + 1, THEN)
                    .state();
        }
        return playlist;
    }

    private static List<UUID> ids(Playlist playlist) {
        return playlist.entries().stream().map(Playlist.Entry::trackId).toList();
    }

    private static Playlist created(@Nullable String title, @Nullable String description, @Nullable Boolean isPublic) {
        return Playlist.create(UUID.randomUUID(), "ada", new PlaylistFacts(title, description, isPublic), null, THEN)
                .state();
    }
}
