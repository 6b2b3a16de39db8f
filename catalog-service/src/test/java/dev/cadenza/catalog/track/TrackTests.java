package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrackTests {

    private static final UUID OWNER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final LoudnessFacts LOUD = new LoudnessFacts(-14.0, 3, -1.0);

    private static Track uploaded(boolean isPublic) {
        return Track.uploaded(
                        OWNER,
                        "ada",
                        new TrackDetails("Song", "Ada", "Album", "Pop", 2024, isPublic),
                        new AudioFacts("mp3", "mp3", "audio/mpeg", 61.2, 44_100, 2, 192, 1000),
                        "etag",
                        NOW)
                .state();
    }

    @Test
    void anUploadIsToldAndWaitsForItsAnalysis() {
        Change<Track, TrackEvent> change = Track.uploaded(
                OWNER, "ada", uploaded(true).details(), uploaded(true).audio(), "etag", NOW);
        assertThat(change.events()).containsExactly(new TrackEvent.Uploaded());
        assertThat(change.state().status()).isEqualTo(TrackStatus.PROCESSING);
        assertThat(change.state().progress()).isZero();
    }

    @Test
    void aPrivateTrackIsItsOwnersAlone() {
        assertThat(uploaded(false).visibleTo(OWNER)).isTrue();
        assertThat(uploaded(false).visibleTo(OTHER)).isFalse();
        assertThat(uploaded(false).visibleTo(null)).isFalse();
        assertThat(uploaded(true).visibleTo(OTHER)).isTrue();
        assertThat(uploaded(true).visibleTo(null)).isTrue();
    }

    @Test
    void aFailedTrackIsItsOwnersAlone() {
        Track failed = uploaded(true).rejected("Broken.", NOW).state();
        assertThat(failed.visibleTo(OWNER)).isTrue();
        assertThat(failed.visibleTo(OTHER)).isFalse();
        assertThat(failed.failure()).isEqualTo("Broken.");
    }

    @Test
    void measuringCompletesATrackOnce() {
        Change<Track, TrackEvent> done = uploaded(true).measured(Findings.of(LOUD), NOW.plusSeconds(9));
        assertThat(done.events()).containsExactly(new TrackEvent.Processed());
        assertThat(done.state().status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(done.state().progress()).isEqualTo(100);
        assertThat(done.state()
                        .measured(Findings.of(new LoudnessFacts(null, 0, null)), NOW)
                        .events())
                .isEmpty();
        assertThat(done.state().rejected("late", NOW).state()).isEqualTo(done.state());
    }

    @Test
    void onlyOneAnalysesATrackUntilItsLeaseEnds() {
        Track taken = uploaded(true).analysisTaken(NOW, NOW.plusSeconds(30)).state();
        assertThat(taken.progress()).isZero();
        Track going = taken.analysisProlonged(NOW.plusSeconds(40), 37).state();
        assertThat(going.progress()).isEqualTo(37);
        assertThatThrownBy(() -> going.analysisTaken(NOW.plusSeconds(39), NOW.plusSeconds(99)))
                .isInstanceOf(FailureException.class);
        // whoever begins again has heard nothing yet
        assertThat(going.analysisTaken(NOW.plusSeconds(40), NOW.plusSeconds(60))
                        .state()
                        .progress())
                .isZero();
        assertThatThrownBy(() -> taken.analysisTaken(NOW.plusSeconds(29), NOW.plusSeconds(99)))
                .isInstanceOf(FailureException.class);
        assertThat(taken.analysisTaken(NOW.plusSeconds(30), NOW.plusSeconds(60)).events())
                .isEmpty();
    }

    @Test
    void aBrokenAnalysisIsTriedThreeTimes() {
        Track track = uploaded(true);
        track = track.analysisBroken(NOW, NOW).state();
        track = track.analysisPaused(NOW).state();
        track = track.analysisBroken(NOW, NOW.plusSeconds(5)).state();
        assertThat(track.status()).isEqualTo(TrackStatus.PROCESSING);
        Track resting = track;
        assertThatThrownBy(() -> resting.analysisTaken(NOW.plusSeconds(4), NOW.plusSeconds(99)))
                .isInstanceOf(FailureException.class);
        Change<Track, TrackEvent> last = track.analysisBroken(NOW, NOW);
        assertThat(last.state().status()).isEqualTo(TrackStatus.FAILED);
        assertThat(last.events()).containsExactly(new TrackEvent.Failed());
    }

    @Test
    void describingChangesWhatIsGivenAndNothingElse() {
        Change<Track, TrackEvent> change = uploaded(true)
                .described(new TrackDetails.Change(" New\ntitle\u202E ", null, "", null, null, false), NOW);
        assertThat(change.state().details()).isEqualTo(new TrackDetails("New title", "Ada", null, "Pop", 2024, false));
        assertThat(change.events()).containsExactly(new TrackEvent.Updated());
    }

    @Test
    void describingNothingIsNoChange() {
        Track track = uploaded(true);
        Change<Track, TrackEvent> change = track.described(TrackDetails.Change.NONE, NOW.plusSeconds(1));
        assertThat(change.state()).isEqualTo(track);
        assertThat(change.events()).isEmpty();
    }

    @Test
    void everyWrongFieldIsNamed() {
        FailureException refused = catchThrowableOfType(
                FailureException.class,
                () -> uploaded(true)
                        .described(
                                new TrackDetails.Change(" \u0000 ", "x".repeat(201), null, "y".repeat(101), 99, null),
                                NOW));
        assertThat(refused.failure())
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .extracting(Failure.Violation::field)
                                .containsExactly("title", "artist", "genre", "year"));
    }

    @Test
    void countsAreNoNews() {
        Change<Track, TrackEvent> counted = uploaded(true).counted(new TrackCounts(3, 4, 0));
        assertThat(counted.events()).isEmpty();
        assertThat(counted.state().updatedAt()).isEqualTo(NOW);
    }

    @Test
    void audioThatIsKeptElsewhereIsCompleteAtOnce() {
        Track track = Track.linked(
                        OWNER,
                        "ada",
                        new TrackDetails("Song", "Ada", null, null, null, false),
                        new AudioFacts("mp3", "", "audio/mpeg", 240.5, 0, 0, 0, 5_242_880),
                        "https://example.com/song.mp3",
                        NOW)
                .state();
        assertThat(track.status()).isEqualTo(TrackStatus.COMPLETED);
        assertThat(track.publishedAt()).isNull();
    }

    @Test
    void theFirstTimeThatATrackIsPublicIsRemembered() {
        TrackDetails.Change show = new TrackDetails.Change(null, null, null, null, null, true);
        TrackDetails.Change hide = new TrackDetails.Change(null, null, null, null, null, false);
        Track shown = uploaded(false).described(show, NOW.plusSeconds(1)).state();
        Track again = shown.described(hide, NOW.plusSeconds(2))
                .state()
                .described(show, NOW.plusSeconds(3))
                .state();
        assertThat(again.publishedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(uploaded(true).publishedAt()).isEqualTo(NOW);
    }

    @Test
    void theOwnersWordAboutTempoAndKeyCountsBeforeWhatWasMeasured() {
        Track track = uploaded(true)
                .measured(new Findings(LOUD, 120.0, "C major", null, false), NOW)
                .state();
        assertThat(track.bpm()).isEqualTo(120.0);
        Track said = described(track, new TrackNotes.Change(null, null, null, null, 90.0, "A minor", null, null));
        assertThat(said.bpm()).isEqualTo(90.0);
        assertThat(said.key()).isEqualTo("A minor");
        Track removed = described(said, new TrackNotes.Change(null, null, null, null, 0.0, "", null, null));
        assertThat(removed.bpm()).isEqualTo(120.0);
        assertThat(removed.key()).isEqualTo("C major");
    }

    @Test
    void notesAreCleanedAndChecked() {
        Track track = described(
                uploaded(true),
                new TrackNotes.Change(
                        " one\r\ntwo\u0000 ",
                        " calm\n",
                        List.of("a", " a ", "b"),
                        null,
                        null,
                        null,
                        " https://example.com/cover.png ",
                        null));
        TrackNotes notes = track.details().notes();
        assertThat(notes.description()).isEqualTo("one\ntwo");
        assertThat(notes.mood()).isEqualTo("calm");
        assertThat(notes.tags()).containsExactly("a", "b");
        assertThat(notes.coverUrl()).isEqualTo("https://example.com/cover.png");
        assertThatThrownBy(() -> described(
                        track,
                        new TrackNotes.Change(
                                "x".repeat(5_001),
                                "x".repeat(101),
                                List.of(""),
                                "x".repeat(201),
                                Double.NaN,
                                "x".repeat(21),
                                "javascript:alert(1)",
                                "x".repeat(201))))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(((Failure.Invalid) e.failure()).violations())
                                .extracting(Failure.Violation::field)
                                .containsExactlyInAnyOrder(
                                        "description",
                                        "mood",
                                        "tags",
                                        "artist_slug",
                                        "bpm",
                                        "key",
                                        "cover_url",
                                        "cover_gradient"));
    }

    private static Track described(Track track, TrackNotes.Change notes) {
        return track.described(new TrackDetails.Change(null, null, null, null, null, null, notes), NOW)
                .state();
    }
}
