package dev.cadenza.auth.session;

import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins a browser's session for somebody who has just proved who they are. */
@Component
public class BeginBrowserSession {

    private final Sessions sessions;
    private final SessionSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    BeginBrowserSession(Sessions sessions, SessionSettings settings, Supplier<UUID> ids, Clock clock) {
        this.sessions = sessions;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A new session, never one that the browser already had.
     *
     * @param client dialect that it belongs to
     */
    public Mono<BrowserSession> begin(String client, UUID account, ClientOrigin origin) {
        return begin(client, account, false, origin);
    }

    /**
     * The same for a login.
     *
     * @param newNetwork whether the account was used before, but never from there
     */
    public Mono<BrowserSession> begin(String client, UUID account, boolean newNetwork, ClientOrigin origin) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            UUID id = ids.get();
            String cookie = Secrets.next();
            Instant expiresAt = now.plus(settings.browser());
            Session.Grant grant = new Session.Grant(
                    id.toString(), Secrets.hash(cookie), settings.browserToken().toSeconds(), expiresAt);
            return sessions.insert(
                            id,
                            Session.begin(
                                    account, Session.Kind.BROWSER, client, grant, expiresAt, newNetwork, origin, now))
                    .thenReturn(
                            new BrowserSession(id, account, grant.sid(), cookie, Secrets.csrfToken(cookie), expiresAt));
        });
    }
}
