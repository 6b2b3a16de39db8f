package dev.cadenza.auth.token;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.key.ApiKey;
import dev.cadenza.auth.key.OpenKey;
import dev.cadenza.auth.role.Role;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.Area;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives a token for an API key, with no more rights than the key has and its owner still has. */
@Component
public class ExchangeApiKey {

    /** Said about every key that does not hold, whatever the reason. */
    public static final Failure INVALID =
            new Failure.Unauthenticated("auth.invalid_api_key", "The API key is not valid.");

    private final OpenKey openKey;
    private final Accounts accounts;
    private final IssueToken issue;

    ExchangeApiKey(OpenKey openKey, Accounts accounts, IssueToken issue) {
        this.openKey = openKey;
        this.accounts = accounts;
        this.issue = issue;
    }

    /** {@link #INVALID} where the secret opens no key of an account that may be used. */
    public Mono<InternalToken> exchange(String secret, ClientOrigin origin) {
        return openKey.open(secret, origin)
                .flatMap(opened -> accounts.find(opened.account())
                        .filter(account -> account.state().isUsable())
                        .flatMap(account -> token(account, opened.key())))
                .switchIfEmpty(Mono.error(INVALID::asException));
    }

    private Mono<InternalToken> token(Versioned<Account> account, ApiKey key) {
        List<String> held = account.state().roles();
        Set<String> grantable = Role.scopes(held);
        List<String> scopes = key.scopes().stream().filter(grantable::contains).toList();
        boolean administers = scopes.stream()
                .anyMatch(scope ->
                        Area.ofScope(scope).filter(area -> area == Area.ADMIN).isPresent());
        List<String> roles = held.stream()
                .filter(role -> administers || !role.equals(Role.ADMIN.word()))
                .toList();
        return issue.issue(
                        account,
                        roles,
                        claims -> claims.claim("key_id", key.id()).claim("scope", String.join(" ", scopes)))
                .map(issued -> new InternalToken(
                        issued.token(),
                        issued.expiresAt(),
                        account.id(),
                        null,
                        null,
                        key.id(),
                        scopes,
                        key.requestsPerMinute()));
    }
}
