package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.QueueMail;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells an account's owner by mail that somebody logged in from a device that was not seen before. */
@Component
public class TellOfNewLogin {

    private final Accounts accounts;
    private final AccountMails mails;
    private final QueueMail queue;

    TellOfNewLogin(Accounts accounts, AccountMails mails, QueueMail queue) {
        this.accounts = accounts;
        this.mails = mails;
        this.queue = queue;
    }

    /**
     * The mail follows soon; one for each session, however often this is repeated.
     *
     * @param session that was begun
     */
    public Mono<Void> tell(UUID account, UUID session, ClientOrigin origin, Instant at) {
        UUID mail = UUID.nameUUIDFromBytes(("new login " + session).getBytes(StandardCharsets.UTF_8));
        Map<String, String> facts =
                Map.of("ip", origin.ip(), "device", origin.userAgent().isBlank() ? "unknown" : origin.userAgent());
        return accounts.find(account).flatMap(owner -> queue.queue(mails.newLogin(mail, owner.state(), facts, at)));
    }
}
