package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded piece of audio and what is known of it.
 *
 * @param ownerUsername as it was when the track was uploaded
 * @param etag of the stored bytes, without quotes; empty where there are none
 * @param link http or https address of audio that is kept elsewhere, never fetched by us; null: the bytes are stored
 * @param findings null before it was processed, and of audio that is kept elsewhere
 * @param failure why it is {@link TrackStatus#FAILED}, one sentence; null otherwise
 * @param publishedAt when everybody could see it for the first time; null: never so far
 * @param updatedAt when something that clients see last changed, counts excepted
 */
public record Track(
        UUID ownerId,
        String ownerUsername,
        TrackDetails details,
        AudioFacts audio,
        String etag,
        @Nullable String link,
        TrackStatus status,
        @Nullable Findings findings,
        @Nullable String failure,
        Analysis analysis,
        TrackCounts counts,
        Instant createdAt,
        @Nullable Instant publishedAt,
        Instant updatedAt) {

    private static final int MOST_FAILURES = 3;

    /** A new track whose bytes are stored. */
    public static Change<Track, TrackEvent> uploaded(
            UUID ownerId, String ownerUsername, TrackDetails details, AudioFacts audio, String etag, Instant now) {
        return begun(ownerId, ownerUsername, details, audio, etag, null, TrackStatus.PROCESSING, now);
    }

    /**
     * A new track whose audio is kept elsewhere: complete at once.
     *
     * @param audio as its owner describes it
     * @param link see {@link Track#link()}
     */
    public static Change<Track, TrackEvent> linked(
            UUID ownerId, String ownerUsername, TrackDetails details, AudioFacts audio, String link, Instant now) {
        return begun(ownerId, ownerUsername, details, audio, "", link, TrackStatus.COMPLETED, now);
    }

    private static Change<Track, TrackEvent> begun(
            UUID ownerId,
            String ownerUsername,
            TrackDetails details,
            AudioFacts audio,
            String etag,
            @Nullable String link,
            TrackStatus status,
            Instant now) {
        return Change.of(
                new Track(
                        ownerId,
                        ownerUsername,
                        details,
                        audio,
                        etag,
                        link,
                        status,
                        null,
                        null,
                        Analysis.WAITING,
                        TrackCounts.NONE,
                        now,
                        details.isPublic() ? now : null,
                        now),
                new TrackEvent.Uploaded());
    }

    /** How loud it is; null where that was not measured. */
    public @Nullable LoudnessFacts loudness() {
        return findings == null ? null : findings.loudness();
    }

    /** Beats per minute: the owner's word, else what was measured. */
    public @Nullable Double bpm() {
        Double said = details.notes().bpm();
        return said == null && findings != null ? findings.bpm() : said;
    }

    /** Musical key: the owner's word, else what was measured. */
    public @Nullable String key() {
        String said = details.notes().key();
        return said == null && findings != null ? findings.key() : said;
    }

    /** Whether this person (null: somebody without an identity) sees and hears it. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return ownedBy(viewer) || (details.isPublic() && status != TrackStatus.FAILED);
    }

    /** Whether it belongs to this person. */
    public boolean ownedBy(@Nullable UUID person) {
        return ownerId.equals(person);
    }

    /** How much of the processing is done, in percent. */
    public int progress() {
        return switch (status) {
            case PROCESSING -> Objects.requireNonNullElse(analysis.percent(), 0);
            case COMPLETED, FAILED -> 100;
        };
    }

    /** Says something else about it; {@link Failure.Invalid} where that is not allowed. */
    public Change<Track, TrackEvent> described(TrackDetails.Change change, Instant now) {
        return described(change, LinkedAudio.UNCHANGED, now);
    }

    /** Likewise, also about its audio where that is kept elsewhere: of stored bytes nobody has to be told. */
    public Change<Track, TrackEvent> described(TrackDetails.Change change, LinkedAudio said, Instant now) {
        List<Violation> violations = new ArrayList<>();
        TrackDetails newDetails = details.with(change, violations);
        String newLink = link == null ? null : said.changedLink(link, violations);
        AudioFacts newAudio = link == null ? audio : said.facts(audio, violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return newDetails.equals(details) && Objects.equals(newLink, link) && newAudio.equals(audio)
                ? Change.of(this)
                : Change.of(
                        with(next -> {
                            next.details = newDetails;
                            next.audio = newAudio;
                            next.link = newLink;
                            next.publishedAt = publishedAt == null && newDetails.isPublic() ? now : publishedAt;
                            next.updatedAt = now;
                        }),
                        new TrackEvent.Updated());
    }

    /** Reserves or prolongs the analysis; {@link Failure.Conflict} where there is nothing to do or another does it. */
    public Change<Track, TrackEvent> analysisTaken(Instant now, Instant until) {
        if (status != TrackStatus.PROCESSING || analysis.takenAt(now)) {
            throw Failure.conflict("track.analysis_taken", "The track is being analysed, or was.");
        }
        return Change.of(with(next -> next.analysis = new Analysis(until, analysis.failures(), null)));
    }

    /**
     * Keeps the reservation of whoever has it; nothing where the analysis has ended.
     *
     * @param percent how much is done, 0 to 99
     */
    public Change<Track, TrackEvent> analysisProlonged(Instant until, int percent) {
        return status == TrackStatus.PROCESSING
                ? Change.of(with(next -> next.analysis = new Analysis(until, analysis.failures(), percent)))
                : Change.of(this);
    }

    /** The analysis succeeded. Nothing where it had ended before. */
    public Change<Track, TrackEvent> measured(Findings found, Instant now) {
        return status == TrackStatus.PROCESSING
                ? Change.of(analysed(TrackStatus.COMPLETED, found, null, now), new TrackEvent.Processed())
                : Change.of(this);
    }

    /** The analysis found that the audio is unusable. Nothing where it had ended before. */
    public Change<Track, TrackEvent> rejected(String reason, Instant now) {
        return status == TrackStatus.PROCESSING
                ? Change.of(analysed(TrackStatus.FAILED, null, reason, now), new TrackEvent.Failed())
                : Change.of(this);
    }

    /**
     * The analysis broke: tried again, but not for ever.
     *
     * @param until nobody tries again before then
     */
    public Change<Track, TrackEvent> analysisBroken(Instant now, Instant until) {
        int failures = analysis.failures() + 1;
        if (status == TrackStatus.PROCESSING && failures < MOST_FAILURES) {
            return Change.of(with(next -> next.analysis = new Analysis(until, failures, null)));
        }
        return rejected("The audio could not be analysed.", now);
    }

    /**
     * The analysis cannot be done now, through nobody's fault; nothing where it has ended.
     *
     * @param until nobody tries again before then
     */
    public Change<Track, TrackEvent> analysisPaused(Instant until) {
        return status == TrackStatus.PROCESSING
                ? Change.of(with(next -> next.analysis = new Analysis(until, analysis.failures(), null)))
                : Change.of(this);
    }

    /** Others like or play it more or less than before; not a change that clients are told of. */
    public Change<Track, TrackEvent> counted(TrackCounts next) {
        return Change.of(with(changed -> changed.counts = Objects.requireNonNull(next)));
    }

    private Track analysed(TrackStatus end, @Nullable Findings found, @Nullable String reason, Instant now) {
        return with(next -> {
            next.status = end;
            next.findings = found;
            next.failure = reason;
            next.analysis = new Analysis(null, analysis.failures(), null);
            next.updatedAt = now;
        });
    }

    private Track with(Consumer<Next> edit) {
        Next next = new Next(this);
        edit.accept(next);
        return new Track(
                ownerId,
                ownerUsername,
                next.details,
                next.audio,
                etag,
                next.link,
                next.status,
                next.findings,
                next.failure,
                next.analysis,
                next.counts,
                createdAt,
                next.publishedAt,
                next.updatedAt);
    }

    /** The track after a transition, while it is being made. */
    private static final class Next {

        private TrackDetails details;
        private AudioFacts audio;
        private @Nullable String link;
        private TrackStatus status;
        private @Nullable Findings findings;
        private @Nullable String failure;
        private Analysis analysis;
        private TrackCounts counts;
        private @Nullable Instant publishedAt;
        private Instant updatedAt;

        private Next(Track before) {
            this.details = before.details;
            this.audio = before.audio;
            this.link = before.link;
            this.status = before.status;
            this.findings = before.findings;
            this.failure = before.failure;
            this.analysis = before.analysis;
            this.counts = before.counts;
            this.publishedAt = before.publishedAt;
            this.updatedAt = before.updatedAt;
        }
    }
}
