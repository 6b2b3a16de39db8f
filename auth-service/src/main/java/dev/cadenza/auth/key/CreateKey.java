package dev.cadenza.auth.key;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes an API key. */
@Component
public class CreateKey {

    /** The token is good, but its account is not any more. */
    private static final Failure GONE =
            new Failure.Unauthenticated("auth.required", "Authentication credentials were not provided.");

    private final KeyRings rings;
    private final Accounts accounts;
    private final EraseKeys erase;
    private final KeySettings settings;
    private final Clock clock;

    CreateKey(KeyRings rings, Accounts accounts, EraseKeys erase, KeySettings settings, Clock clock) {
        this.rings = rings;
        this.accounts = accounts;
        this.erase = erase;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes one for this account, with scopes that its owner's roles permit. */
    public Mono<KeyWithSecret> create(UUID account, KeyRequest request) {
        return accounts.find(account)
                .filter(owner -> owner.state().isUsable())
                .switchIfEmpty(Mono.error(GONE::asException))
                .flatMap(owner -> create(owner, request));
    }

    private Mono<KeyWithSecret> create(Versioned<Account> owner, KeyRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeyRequest.Checked checked = request.check(owner.state().roles(), settings, now);
        KeySecret secret = KeySecret.next();
        ApiKey key = new ApiKey(
                Ids.publicId("key"),
                checked.name(),
                checked.scopes(),
                checked.requestsPerMinute(),
                secret.prefix(),
                secret.hash(),
                null,
                now,
                checked.expiresAt(),
                null,
                null);
        return rings.changeOrBegin(owner.id(), ring -> ring.with(key, settings.perAccount(), now))
                .then(Mono.defer(() -> stillThere(owner.id())))
                .thenReturn(new KeyWithSecret(key, secret));
    }

    /** An account that is being deleted meanwhile may have given up its keys before this one came. */
    private Mono<Void> stillThere(UUID account) {
        return accounts.find(account)
                .filter(found -> found.state().status() == Account.Status.REGISTERED)
                .hasElement()
                .flatMap(there -> there ? Mono.empty() : erase.erase(account).then(Mono.error(GONE::asException)));
    }
}
