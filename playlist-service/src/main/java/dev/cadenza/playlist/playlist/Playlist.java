package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.playlist.track.Track;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list of tracks in an order that its owner and collaborators gave it; a track is in it once at most.
 *
 * @param title 1 to {@value #LONGEST_TITLE} characters, without space around them
 * @param description up to {@value #LONGEST_DESCRIPTION} characters, empty where there is none
 * @param isPublic whether everybody may see it
 * @param entries in order; up to {@value #MOST_ENTRIES}
 * @param collaborators never the owner; up to {@value #MOST_COLLABORATORS}
 * @param links that open it for whoever has one; up to {@value #MOST_LINKS}
 * @param cover name of the file of its picture; null for none
 * @param followerCount how many users follow it
 * @param words by which it is found: always those of title and description, whatever is passed
 */
public record Playlist(
        UUID ownerId,
        String ownerUsername,
        String title,
        String description,
        boolean isPublic,
        List<Entry> entries,
        List<Collaborator> collaborators,
        List<ShareLink> links,
        @Nullable String cover,
        long followerCount,
        List<String> words,
        Instant createdAt,
        Instant updatedAt) {

    /** In UTF-16 units. */
    public static final int LONGEST_TITLE = 200;

    /** In UTF-16 units. */
    public static final int LONGEST_DESCRIPTION = 2_000;

    /** Every event of a playlist lists its tracks, so there is a limit. */
    public static final int MOST_ENTRIES = 1_000;

    /** Likewise. */
    public static final int MOST_COLLABORATORS = 100;

    /** The oldest goes where there would be more. */
    public static final int MOST_LINKS = 20;

    private static final int MOST_WORDS = 300;

    /**
     * A track in a playlist.
     *
     * @param number positive integer id, unlike that of any other entry of any playlist
     * @param genre of the track, in lower case
     * @param onlyFor the track's owner while it is private: nobody else sees the entry; null: everybody
     */
    public record Entry(
            UUID trackId,
            long number,
            @Nullable String genre,
            @Nullable UUID onlyFor,
            Instant addedAt) {

        static Entry of(Track track, long number, Instant now) {
            String genre = track.genre();
            return new Entry(
                    track.id(),
                    number,
                    genre == null ? null : genre.toLowerCase(Locale.ROOT),
                    track.isPublic() ? null : track.ownerId(),
                    now);
        }

        /** Whether {@code viewer} (null: somebody without an identity) sees it. */
        public boolean visibleTo(@Nullable UUID viewer) {
            return onlyFor == null || onlyFor.equals(viewer);
        }
    }

    /** Somebody else who works on it. */
    public record Collaborator(UUID userId, Permission permission, Instant addedAt) {}

    /**
     * A link that opens it.
     *
     * @param hash of the token that is in the link
     */
    public record ShareLink(String hash, Instant expiresAt) {}

    public Playlist {
        entries = List.copyOf(entries);
        collaborators = List.copyOf(collaborators);
        links = List.copyOf(links);
        words = Words.of(title + " " + description, MOST_WORDS);
    }

    /**
     * A new, empty playlist.
     *
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public static Change<Playlist, PlaylistEvent> create(
            UUID ownerId, String ownerUsername, PlaylistFacts facts, @Nullable String cover, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String title = title(facts.title(), violations);
        String description = description(facts.description(), violations);
        refuse(violations);
        boolean isPublic = facts.isPublic() == null || facts.isPublic();
        return Change.of(
                new Playlist(
                        ownerId,
                        ownerUsername,
                        title,
                        description,
                        isPublic,
                        List.of(),
                        List.of(),
                        List.of(),
                        cover,
                        0,
                        List.of(),
                        now,
                        now),
                new PlaylistEvent.Created());
    }

    /**
     * With other facts; those that are null stay.
     *
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public Change<Playlist, PlaylistEvent> update(PlaylistFacts facts, Instant now) {
        return update(facts, cover, now);
    }

    /** The same, with another picture (null: none). */
    public Change<Playlist, PlaylistEvent> update(PlaylistFacts facts, @Nullable String newCover, Instant now) {
        List<Violation> violations = new ArrayList<>();
        String newTitle = facts.title() == null ? title : title(facts.title(), violations);
        String newDescription =
                facts.description() == null ? description : description(facts.description(), violations);
        refuse(violations);
        boolean newPublic = facts.isPublic() == null ? isPublic : facts.isPublic();
        if (newTitle.equals(title)
                && newDescription.equals(description)
                && newPublic == isPublic
                && Objects.equals(newCover, cover)) {
            return Change.of(this);
        }
        return Change.of(
                with(next -> {
                    next.title = newTitle;
                    next.description = newDescription;
                    next.isPublic = newPublic;
                    next.cover = newCover;
                    next.updatedAt = now;
                }),
                new PlaylistEvent.Updated());
    }

    /**
     * With one more track, at the end.
     *
     * @param number of the new entry
     * @throws dev.cadenza.platform.core.FailureException conflict when it is in the playlist already, or no more fit
     */
    public Change<Playlist, PlaylistEvent> add(Track track, long number, Instant now) {
        if (contains(track.id())) {
            throw present();
        }
        if (entries.size() >= MOST_ENTRIES) {
            throw Failure.conflict("playlist.full", "A playlist has at most " + MOST_ENTRIES + " tracks.");
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(Entry.of(track, number, now));
        return Change.of(withEntries(more, now), new PlaylistEvent.TrackAdded(track.id()));
    }

    /**
     * Without a track.
     *
     * @param user who wants that; what they do not see they cannot take out
     * @throws dev.cadenza.platform.core.FailureException not found when it is not in the playlist
     */
    public Change<Playlist, PlaylistEvent> remove(UUID trackId, UUID user, Instant now) {
        if (entries.stream().noneMatch(entry -> entry.trackId().equals(trackId) && entry.visibleTo(user))) {
            throw Failure.notFound("playlist.track_absent", "This track is not in the playlist.");
        }
        return Change.of(without(trackId, now), new PlaylistEvent.TrackRemoved(trackId));
    }

    /**
     * With another track in an entry, which keeps its number and place.
     *
     * @throws dev.cadenza.platform.core.FailureException not found when there is no such entry, conflict when the track is
     *     in another one
     */
    public Change<Playlist, PlaylistEvent> replace(long number, Track track, Instant now) {
        Entry old = entry(number).orElseThrow(Playlist::noEntry);
        if (old.trackId().equals(track.id())) {
            return Change.of(this);
        }
        if (contains(track.id())) {
            throw present();
        }
        return Change.of(
                withEntries(
                        each(entry -> entry.number() == number ? Entry.of(track, number, entry.addedAt()) : entry),
                        now),
                new PlaylistEvent.TrackRemoved(old.trackId()),
                new PlaylistEvent.TrackAdded(track.id()));
    }

    /** Without an entry, where it has it. */
    public Change<Playlist, PlaylistEvent> drop(long number, Instant now) {
        return entry(number)
                .map(entry -> Change.of(
                        without(entry.trackId(), now), (PlaylistEvent) new PlaylistEvent.TrackRemoved(entry.trackId())))
                .orElseGet(() -> Change.of(this));
    }

    /**
     * In another order, as long as the user knows what they order: unchanged where they name other tracks than they see, or
     * saw them in another order than there is. What they do not see stays where it is.
     *
     * @param trackIds all tracks that the user sees
     * @param seen the {@link #orderVersion} that the user saw; null: any
     * @throws dev.cadenza.platform.core.FailureException invalid {@code track_ids} where one is named twice
     */
    public Change<Playlist, PlaylistEvent> reorder(List<UUID> trackIds, @Nullable String seen, UUID user, Instant now) {
        if (new HashSet<>(trackIds).size() != trackIds.size()) {
            throw Failure.invalidField("track_ids", "Name each track once.");
        }
        Map<UUID, Entry> visible = new HashMap<>();
        visibleEntries(user).forEach(entry -> visible.put(entry.trackId(), entry));
        boolean known = visible.keySet().equals(new HashSet<>(trackIds));
        if (!known || (seen != null && !seen.equals(orderVersion(user))) || trackIds.equals(order(user))) {
            return Change.of(this);
        }
        Iterator<UUID> next = trackIds.iterator();
        List<Entry> ordered =
                each(entry -> entry.visibleTo(user) ? Objects.requireNonNull(visible.get(next.next())) : entry);
        return Change.of(withEntries(ordered, now), new PlaylistEvent.Updated());
    }

    /** The tracks that a user sees, in order. */
    public List<UUID> order(@Nullable UUID viewer) {
        return visibleEntries(viewer).stream().map(Entry::trackId).toList();
    }

    /** Something else for each order of the tracks that a user sees. */
    public String orderVersion(@Nullable UUID viewer) {
        return Hashes.sha256(order(viewer).toString()).substring(0, 16);
    }

    /** What became of a track of it: gone for good (null), or as the catalog has it now. */
    public Change<Playlist, PlaylistEvent> settle(UUID trackId, @Nullable Track current, Instant now) {
        if (!contains(trackId)) {
            return Change.of(this);
        }
        if (current == null) {
            return Change.of(without(trackId, now), new PlaylistEvent.TrackRemoved(trackId));
        }
        // nothing that anybody did to the playlist
        return Change.of(withEntries(
                each(entry ->
                        entry.trackId().equals(trackId) ? Entry.of(current, entry.number(), entry.addedAt()) : entry),
                updatedAt));
    }

    /**
     * With one more collaborator; the same again changes nothing.
     *
     * @throws dev.cadenza.platform.core.FailureException conflict for the owner, for whoever has another permission, and
     *     where no more fit
     */
    public Change<Playlist, PlaylistEvent> invite(UUID user, Permission permission, Instant now) {
        refuseOwner(user);
        Optional<Collaborator> present = collaborator(user);
        if (present.isPresent()) {
            if (present.get().permission() == permission) {
                return Change.of(this);
            }
            throw Failure.conflict("playlist.collaborator_present", "This user is a collaborator already.");
        }
        if (collaborators.size() >= MOST_COLLABORATORS) {
            throw Failure.conflict(
                    "playlist.collaborators_full", "A playlist has at most " + MOST_COLLABORATORS + " collaborators.");
        }
        List<Collaborator> more = new ArrayList<>(collaborators);
        more.add(new Collaborator(user, permission, now));
        return Change.of(withCollaborators(more, now), new PlaylistEvent.Updated());
    }

    /**
     * With another permission of a collaborator.
     *
     * @throws dev.cadenza.platform.core.FailureException conflict for the owner, not found for whoever is none
     */
    public Change<Playlist, PlaylistEvent> permit(UUID user, Permission permission, Instant now) {
        refuseOwner(user);
        if (collaborator(user).orElseThrow(Playlist::noCollaborator).permission() == permission) {
            return Change.of(this);
        }
        return Change.of(
                withCollaborators(
                        collaborators.stream()
                                .map(c -> c.userId().equals(user) ? new Collaborator(user, permission, c.addedAt()) : c)
                                .toList(),
                        now),
                new PlaylistEvent.Updated());
    }

    /**
     * Without a collaborator.
     *
     * @throws dev.cadenza.platform.core.FailureException conflict for the owner, not found for whoever is none
     */
    public Change<Playlist, PlaylistEvent> dismiss(UUID user, Instant now) {
        refuseOwner(user);
        Collaborator gone = collaborator(user).orElseThrow(Playlist::noCollaborator);
        return Change.of(
                withCollaborators(
                        collaborators.stream().filter(c -> !c.equals(gone)).toList(), now),
                new PlaylistEvent.Updated());
    }

    /** With one more link; those that have expired go. */
    public Change<Playlist, PlaylistEvent> share(ShareLink link, Instant now) {
        List<ShareLink> more = new ArrayList<>(
                links.stream().filter(old -> old.expiresAt().isAfter(now)).toList());
        more.add(link);
        return Change.of(with(next -> next.links = more.subList(Math.max(0, more.size() - MOST_LINKS), more.size())));
    }

    /** Without any link. */
    public Change<Playlist, PlaylistEvent> unshare() {
        return Change.of(with(next -> next.links = List.of()));
    }

    /** Whether a link with this hash opens it now. */
    public boolean openedBy(String hash, Instant now) {
        return links.stream()
                .anyMatch(link -> link.hash().equals(hash) && link.expiresAt().isAfter(now));
    }

    /** Followed by so many. */
    public Change<Playlist, PlaylistEvent> followedBy(long count) {
        return Change.of(with(next -> next.followerCount = count));
    }

    /** Whether the track is in it. */
    public boolean contains(UUID trackId) {
        return entries.stream().anyMatch(entry -> entry.trackId().equals(trackId));
    }

    /** The entry of this number. */
    public Optional<Entry> entry(long number) {
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
    }

    /** The entry with this track. */
    public Optional<Entry> entryOf(UUID trackId) {
        return entries.stream().filter(entry -> entry.trackId().equals(trackId)).findFirst();
    }

    /** The entries that {@code viewer} (null: somebody without an identity) sees, in order. */
    public List<Entry> visibleEntries(@Nullable UUID viewer) {
        return entries.stream().filter(entry -> entry.visibleTo(viewer)).toList();
    }

    /** What somebody may do; empty where they are no more than anybody. The owner may all. */
    public Optional<Permission> permissionOf(@Nullable UUID user) {
        return ownerId.equals(user)
                ? Optional.of(Permission.ADMIN)
                : collaborator(user).map(Collaborator::permission);
    }

    /** Whether {@code viewer} (null: somebody without an identity) may see this playlist. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return isPublic || permissionOf(viewer).isPresent();
    }

    /**
     * This playlist, for somebody who may do that.
     *
     * @throws dev.cadenza.platform.core.FailureException not found for whoever may not see it, forbidden for others
     */
    public Playlist open(UUID user, Permission needed) {
        Optional<Permission> given = permissionOf(user);
        if (given.isPresent() && given.get().allows(needed)) {
            return this;
        }
        throw refused(user);
    }

    /** The same for what the owner alone may do. */
    public Playlist openToOwner(UUID user) {
        if (ownerId.equals(user)) {
            return this;
        }
        throw refused(user);
    }

    private RuntimeException refused(UUID user) {
        return visibleTo(user)
                ? Failure.forbidden("playlist.not_yours", "This playlist is not yours to change in this way.")
                : FindPlaylist.absent();
    }

    private Optional<Collaborator> collaborator(@Nullable UUID user) {
        return collaborators.stream().filter(c -> c.userId().equals(user)).findFirst();
    }

    private void refuseOwner(UUID user) {
        if (ownerId.equals(user)) {
            throw Failure.conflict("playlist.owner", "The owner of a playlist may do everything, always.");
        }
    }

    private static RuntimeException present() {
        return Failure.conflict("playlist.track_present", "This track is in the playlist already.");
    }

    private static RuntimeException noCollaborator() {
        return Failure.notFound("playlist.collaborator_absent", "This user is no collaborator of the playlist.");
    }

    static RuntimeException noEntry() {
        return Failure.notFound("playlist.entry_absent", "There is no such entry.");
    }

    private List<Entry> each(UnaryOperator<Entry> changed) {
        return entries.stream().map(changed).toList();
    }

    private Playlist without(UUID trackId, Instant now) {
        return withEntries(
                entries.stream()
                        .filter(entry -> !entry.trackId().equals(trackId))
                        .toList(),
                now);
    }

    private Playlist withEntries(List<Entry> changed, Instant now) {
        return with(next -> {
            next.entries = changed;
            next.updatedAt = now;
        });
    }

    private Playlist withCollaborators(List<Collaborator> changed, Instant now) {
        return with(next -> {
            next.collaborators = changed;
            next.updatedAt = now;
        });
    }

    private Playlist with(Consumer<Next> edit) {
        Next next = new Next(this);
        edit.accept(next);
        return new Playlist(
                ownerId,
                ownerUsername,
                next.title,
                next.description,
                next.isPublic,
                next.entries,
                next.collaborators,
                next.links,
                next.cover,
                next.followerCount,
                words,
                createdAt,
                next.updatedAt);
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

    /** The playlist after a transition, while it is being made. */
    private static final class Next {

        private String title;
        private String description;
        private boolean isPublic;
        private List<Entry> entries;
        private List<Collaborator> collaborators;
        private List<ShareLink> links;
        private @Nullable String cover;
        private long followerCount;
        private Instant updatedAt;

        private Next(Playlist before) {
            this.title = before.title;
            this.description = before.description;
            this.isPublic = before.isPublic;
            this.entries = before.entries;
            this.collaborators = before.collaborators;
            this.links = before.links;
            this.cover = before.cover;
            this.followerCount = before.followerCount;
            this.updatedAt = before.updatedAt;
        }
    }
}
