package dev.cadenza.platform.core.identity;

import java.util.Locale;
import java.util.Optional;

/**
 * Parts of the API that an API key can be let into. A scope is an area and an access, such as {@code tracks:read};
 * {@code write} includes {@code read}.
 */
public enum Area {
    /** Tracks, songs, albums, artists, uploads, search, streaming. */
    TRACKS,
    PLAYLISTS,
    /** Likes, follows, comments, notifications, chat. */
    SOCIAL,
    MARKETPLACE,
    GENERATION,
    PROCESSING,
    /** Plays, downloads, history, statistics. */
    ANALYTICS,
    WEBHOOKS,
    /** Profiles of users, one's own to write. */
    PROFILE,
    /** Administration and the audit log; only keys of administrators. */
    ADMIN;

    /** Scope that lets into this area for a request that changes something, or for one that does not. */
    public String scope(boolean write) {
        return word() + (write ? ":write" : ":read");
    }

    /** Name in scopes and permissions, such as {@code tracks}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Area of a scope such as {@code tracks:read}; empty where it is none. */
    public static Optional<Area> ofScope(String scope) {
        for (Area area : values()) {
            if (scope.equals(area.scope(false)) || scope.equals(area.scope(true))) {
                return Optional.of(area);
            }
        }
        return Optional.empty();
    }
}
