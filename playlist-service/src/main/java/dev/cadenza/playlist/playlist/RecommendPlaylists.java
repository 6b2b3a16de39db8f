package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.user.FollowedUsers;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Public playlists of others that a user may like: with tracks or genres of the playlists that are theirs or that they
 * follow, or of users whom they follow.
 */
public final class RecommendPlaylists {

    private static final int MOST_PLAYLISTS = 50;
    private static final int MOST_USERS = 500;
    private static final int MOST_TRACKS = 500;
    private static final int MOST_GENRES = 20;

    /** Of each kind, the newest: enough to choose from. */
    private static final int MOST_CANDIDATES = 200;

    private static final int TRACK = 3;
    private static final int FOLLOWED = 5;
    private static final int GENRE = 1;

    private final Playlists playlists;
    private final Follows follows;
    private final FollowedUsers followed;

    public RecommendPlaylists(Playlists playlists, Follows follows, FollowedUsers followed) {
        this.playlists = playlists;
        this.follows = follows;
        this.followed = followed;
    }

    private record Taste(Set<UUID> tracks, Set<String> genres, Set<UUID> users, Set<UUID> known) {}

    private record Scored(Versioned<Playlist> playlist, int score) {}

    /** The best first; of equals those with more followers, then the older. */
    public Mono<List<Versioned<Playlist>>> recommend(UUID user, int limit) {
        return taste(user)
                .flatMapMany(taste -> Flux.concat(
                                playlists.publicWith(taste.tracks(), user, MOST_CANDIDATES),
                                playlists.publicOf(taste.users(), user, MOST_CANDIDATES),
                                playlists.publicIn(taste.genres(), user, MOST_CANDIDATES))
                        .distinct(Versioned::id)
                        .filter(candidate -> !taste.known().contains(candidate.id())
                                && candidate.state().permissionOf(user).isEmpty())
                        .map(candidate -> new Scored(candidate, score(candidate.state(), taste))))
                // it may share nothing but what its owner alone sees
                .filter(scored -> scored.score() > 0)
                .sort(Comparator.comparingInt(Scored::score)
                        .thenComparing(scored -> scored.playlist().state().followerCount())
                        .reversed()
                        .thenComparing(scored -> scored.playlist().requireNumber()))
                .map(Scored::playlist)
                .take(limit)
                .collectList();
    }

    private Mono<Taste> taste(UUID user) {
        PlaylistFilter own = new PlaylistFilter(user, user, null, null);
        return Mono.zip(
                        playlists.browse(own, Paging.page(1, MOST_PLAYLISTS)),
                        follows.followedBy(user, MOST_PLAYLISTS).collectList(),
                        followed.followedBy(user, MOST_USERS).collect(Collectors.toSet()))
                .flatMap(found -> playlists.find(found.getT2()).collectList().map(theirs -> {
                    Set<UUID> tracks = new HashSet<>();
                    Set<String> genres = new HashSet<>();
                    for (List<Versioned<Playlist>> some : List.of(found.getT1().items(), theirs)) {
                        for (Versioned<Playlist> playlist : some) {
                            if (playlist.state().visibleTo(user)) {
                                learn(playlist.state(), user, tracks, genres);
                            }
                        }
                    }
                    return new Taste(tracks, genres, found.getT3(), new HashSet<>(found.getT2()));
                }));
    }

    private static void learn(Playlist playlist, UUID user, Set<UUID> tracks, Set<String> genres) {
        for (Playlist.Entry entry : playlist.visibleEntries(user)) {
            String genre = entry.genre();
            if (tracks.size() < MOST_TRACKS) {
                tracks.add(entry.trackId());
            }
            if (genre != null && genres.size() < MOST_GENRES) {
                genres.add(genre);
            }
        }
    }

    private static int score(Playlist playlist, Taste taste) {
        List<Playlist.Entry> shown = playlist.visibleEntries(null);
        long tracks = shown.stream()
                .filter(entry -> taste.tracks().contains(entry.trackId()))
                .count();
        long genres = shown.stream()
                .map(Playlist.Entry::genre)
                .filter(Objects::nonNull)
                .distinct()
                .filter(taste.genres()::contains)
                .count();
        int users = taste.users().contains(playlist.ownerId()) ? FOLLOWED : 0;
        return Math.toIntExact(tracks * TRACK + genres * GENRE) + users;
    }
}
