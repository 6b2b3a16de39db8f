package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.session.Session;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bodies of the session endpoints. */
final class SessionJson {

    private SessionJson() {}

    record Sessions(List<Row> sessions) {}

    /**
     * A session.
     *
     * @param client dialect that was logged into
     * @param current whether it is the one that asks
     */
    record Row(
            UUID id,
            String ipAddress,
            String userAgent,
            Instant createdAt,
            Instant lastActivity,
            Instant expiresAt,
            String client,
            boolean current) {

        static Row of(Versioned<Session> session, @Nullable String sid) {
            Session state = session.state();
            return new Row(
                    session.id(),
                    state.ip(),
                    state.userAgent(),
                    state.createdAt(),
                    state.lastActivity(),
                    state.expiresAt(),
                    state.client(),
                    state.sid().equals(sid));
        }
    }

    record Stats(long totalSessions, long activeSessions) {}
}
