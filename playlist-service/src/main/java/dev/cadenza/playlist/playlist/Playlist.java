package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list of tracks in the owner's order; a track is in it once at most.
 *
 * @param title 1 to {@value #LONGEST_TITLE} characters, without space around them
 * @param description up to {@value #LONGEST_DESCRIPTION} characters, empty where there is none
 * @param isPublic whether everybody may see it
 * @param entries in order; up to {@value #MOST_ENTRIES}
 */
public record Playlist(
        UUID ownerId,
        String ownerUsername,
        String title,
        String description,
        boolean isPublic,
        List<Entry> entries,
        Instant createdAt,
        Instant updatedAt) {

    /** In UTF-16 units. */
    public static final int LONGEST_TITLE = 200;

    /** In UTF-16 units. */
    public static final int LONGEST_DESCRIPTION = 2_000;

    /** Every event of a playlist lists its tracks, so there is a limit. */
    public static final int MOST_ENTRIES = 1_000;

    /** A track in a playlist. */
    public record Entry(UUID trackId, Instant addedAt) {}

    public Playlist {
        entries = List.copyOf(entries);
    }

    /**
     * A new, empty playlist.
     *
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public static Change<Playlist, PlaylistEvent> create(
            UUID ownerId, String ownerUsername, PlaylistFacts facts, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String title = title(facts.title(), violations);
        String description = description(facts.description(), violations);
        refuse(violations);
        boolean isPublic = facts.isPublic() == null || facts.isPublic();
        return Change.of(
                new Playlist(ownerId, ownerUsername, title, description, isPublic, List.of(), now, now),
                new PlaylistEvent.Created());
    }

    /**
     * With other facts; those that are null stay.
     *
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public Change<Playlist, PlaylistEvent> update(PlaylistFacts facts, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String newTitle = facts.title() == null ? title : title(facts.title(), violations);
        String newDescription =
                facts.description() == null ? description : description(facts.description(), violations);
        refuse(violations);
        boolean newPublic = facts.isPublic() == null ? isPublic : facts.isPublic();
        if (newTitle.equals(title) && newDescription.equals(description) && newPublic == isPublic) {
            return Change.of(this);
        }
        return Change.of(
                new Playlist(ownerId, ownerUsername, newTitle, newDescription, newPublic, entries, createdAt, now),
                new PlaylistEvent.Updated());
    }

    /**
     * With one more track, at the end.
     *
     * @throws dev.cadenza.platform.core.FailureException conflict when it is in the playlist already, or no more fit
     */
    public Change<Playlist, PlaylistEvent> add(UUID trackId, Instant now) {
        if (contains(trackId)) {
            throw Failure.conflict("playlist.track_present", "This track is in the playlist already.");
        }
        if (entries.size() >= MOST_ENTRIES) {
            throw Failure.conflict("playlist.full", "A playlist has at most " + MOST_ENTRIES + " tracks.");
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(trackId, now));
        return Change.of(withEntries(more, now), new PlaylistEvent.TrackAdded(trackId));
    }

    /**
     * Without a track.
     *
     * @throws dev.cadenza.platform.core.FailureException not found when it is not in the playlist
     */
    public Change<Playlist, PlaylistEvent> remove(UUID trackId, Instant now) {
        if (!contains(trackId)) {
            throw Failure.notFound("playlist.track_absent", "This track is not in the playlist.");
        }
        List<Entry> rest = entries.stream()
                .filter(entry -> !entry.trackId().equals(trackId))
                .toList();
        return Change.of(withEntries(rest, now), new PlaylistEvent.TrackRemoved(trackId));
    }

    /**
     * In another order. Tracks that are not named, such as those that their owners made private and the caller therefore
     * does not see, follow in the order that they had.
     *
     * @param trackIds tracks of the playlist, each once
     * @throws dev.cadenza.platform.core.FailureException invalid {@code track_ids}
     */
    public Change<Playlist, PlaylistEvent> reorder(List<UUID> trackIds, Instant now) {
        Map<UUID, Entry> rest = new LinkedHashMap<>();
        entries.forEach(entry -> rest.put(entry.trackId(), entry));
        List<Entry> ordered = new ArrayList<>();
        for (UUID trackId : trackIds) {
            Entry entry = rest.remove(trackId);
            if (entry == null) {
                throw Failure.invalidField("track_ids", "Name tracks of the playlist, each once.");
            }
            ordered.add(entry);
        }
        ordered.addAll(rest.values());
        return ordered.equals(entries)
                ? Change.of(this)
                : Change.of(withEntries(ordered, now), new PlaylistEvent.Updated());
    }

    /** Whether the track is in it. */
    public boolean contains(UUID trackId) {
        return entries.stream().anyMatch(entry -> entry.trackId().equals(trackId));
    }

    /** Whether {@code viewer} may see this playlist. */
    public boolean visibleTo(UUID viewer) {
        return isPublic || ownerId.equals(viewer);
    }

    private Playlist withEntries(List<Entry> changed, Instant now) {
        return new Playlist(ownerId, ownerUsername, title, description, isPublic, changed, createdAt, now);
    }

    private static String title(@Nullable String text, List<Violation> violations) {
        String title = text == null ? "" : text.strip();
        if (title.isEmpty()) {
            violations.add(Violation.of("title", "A playlist needs a title."));
        } else if (title.length() > LONGEST_TITLE) {
            violations.add(Violation.of("title", "A title has at most " + LONGEST_TITLE + " characters."));
        }
        return title;
    }

    private static String description(@Nullable String text, List<Violation> violations) {
        String description = text == null ? "" : text.strip();
        if (description.length() > LONGEST_DESCRIPTION) {
            violations.add(
                    Violation.of("description", "A description has at most " + LONGEST_DESCRIPTION + " characters."));
        }
        return description;
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }
}
