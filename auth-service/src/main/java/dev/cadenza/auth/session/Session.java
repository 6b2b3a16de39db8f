package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A login, until it ends or expires.
 *
 * @param sid what its access tokens call it
 * @param client dialect that it belongs to
 * @param secretHash of the refresh token, or of the cookie, that is good now
 * @param tokenSeconds lifetime of an access token: for so long its end must be known everywhere
 * @param ip where it was used last
 * @param userAgent of whoever logged in
 * @param endsAt when it ends however often it is refreshed; null where refreshing prolongs it
 * @param expiresAt when it ends unless it is refreshed; the moment of its end where it has ended
 * @param endedAt null while nobody has ended it
 * @param closing since when Keycloak's own session waits for its end; null where there is nothing to do
 */
public record Session(
        UUID account,
        String sid,
        Kind kind,
        String client,
        String secretHash,
        long tokenSeconds,
        String ip,
        String userAgent,
        Instant createdAt,
        Instant lastActivity,
        @Nullable Instant endsAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable Instant closing) {

    /** A refresh that is under way while the session ends gives out a last token; also clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** What a client shows to go on with a session. */
    public enum Kind {
        /** A refresh token of Keycloak's. */
        TOKENS,
        /** A cookie. */
        BROWSER
    }

    /** What a client got that it shows again. */
    public record Grant(String sid, String secretHash, long tokenSeconds, Instant expiresAt) {}

    /**
     * Somebody logged in.
     *
     * @param endsAt when the session ends however often it is refreshed; null where refreshing prolongs it
     * @param newNetwork whether the account was used before, but never from there
     */
    public static Change<Session, SessionEvent> begin(
            UUID account,
            Kind kind,
            String client,
            Grant grant,
            @Nullable Instant endsAt,
            boolean newNetwork,
            ClientOrigin origin,
            Instant now) {
        return Change.of(
                new Session(
                        account,
                        grant.sid(),
                        kind,
                        client,
                        grant.secretHash(),
                        grant.tokenSeconds(),
                        origin.ip(),
                        origin.userAgent(),
                        now,
                        now,
                        endsAt,
                        earlier(grant.expiresAt(), endsAt),
                        null,
                        null),
                new SessionEvent.Audited("login.succeeded", newNetwork ? Map.of("new_network", "true") : Map.of()));
    }

    /** Whether its secret still opens something. */
    public boolean isOpen(Instant now) {
        return endedAt == null && expiresAt.isAfter(now);
    }

    /** New tokens were given out for the old refresh token; nothing happens to a session that has ended meanwhile. */
    public Change<Session, SessionEvent> renewed(Grant grant, ClientOrigin origin, Instant now) {
        if (!isOpen(now)) {
            return Change.of(this);
        }
        return Change.of(
                with(next -> {
                    next.secretHash = grant.secretHash();
                    next.tokenSeconds = grant.tokenSeconds();
                    next.ip = origin.ip();
                    next.lastActivity = now;
                    next.expiresAt = earlier(grant.expiresAt(), endsAt);
                }),
                SessionEvent.Audited.of("token.refreshed"));
    }

    /** Somebody used it. */
    public Change<Session, SessionEvent> used(String from, Instant at) {
        if (endedAt != null || !at.isAfter(lastActivity)) {
            return Change.of(this);
        }
        return Change.of(with(next -> {
            next.ip = from;
            next.lastActivity = at;
        }));
    }

    /**
     * It ends, and its tokens with it; does nothing where it has ended already.
     *
     * @param actions why, for the audit log
     */
    public Change<Session, SessionEvent> ended(Instant now, String... actions) {
        if (endedAt != null) {
            return Change.of(this);
        }
        List<SessionEvent> events = new ArrayList<>();
        events.add(new SessionEvent.Revoked(now.plusSeconds(tokenSeconds).plus(MARGIN)));
        for (String action : actions) {
            events.add(SessionEvent.Audited.of(action));
        }
        return new Change<>(
                with(next -> {
                    next.expiresAt = earlier(now, expiresAt);
                    next.endedAt = now;
                    next.closing = kind == Kind.TOKENS ? now : null;
                }),
                events);
    }

    /** Keycloak knows of the end. */
    public Change<Session, SessionEvent> closed() {
        return Change.of(with(next -> next.closing = null));
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private Session with(Consumer<Next> edit) {
        Next next = new Next(this);
        edit.accept(next);
        return new Session(
                account,
                sid,
                kind,
                client,
                next.secretHash,
                next.tokenSeconds,
                next.ip,
                userAgent,
                createdAt,
                next.lastActivity,
                endsAt,
                next.expiresAt,
                next.endedAt,
                next.closing);
    }

    /** The session after a transition, while it is being made. */
    private static final class Next {

        private String secretHash;
        private long tokenSeconds;
        private String ip;
        private Instant lastActivity;
        private Instant expiresAt;
        private @Nullable Instant endedAt;
        private @Nullable Instant closing;

        private Next(Session before) {
            this.secretHash = before.secretHash;
            this.tokenSeconds = before.tokenSeconds;
            this.ip = before.ip;
            this.lastActivity = before.lastActivity;
            this.expiresAt = before.expiresAt;
            this.endedAt = before.endedAt;
            this.closing = before.closing;
        }
    }
}
