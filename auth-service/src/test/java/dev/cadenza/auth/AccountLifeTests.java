package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.ChangeRoles;
import dev.cadenza.auth.account.DeleteAccount;
import dev.cadenza.auth.account.Identities;
import dev.cadenza.auth.account.LockAccount;
import dev.cadenza.auth.account.SyncIdentities;
import dev.cadenza.auth.account.UnlockAccount;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Locking, roles, renaming and deleting: what happens to an account between its beginning and its end. */
class AccountLifeTests extends AuthServiceIT {

    private static final UUID ADMIN = Ids.next();

    @Autowired
    private Accounts accounts;

    @Autowired
    private Identities identities;

    @Autowired
    private LockAccount lock;

    @Autowired
    private UnlockAccount unlock;

    @Autowired
    private ChangeRoles roles;

    @Autowired
    private SyncIdentities sync;

    @Autowired
    private DeleteAccount delete;

    @Test
    void aLockedAccountIsShutOutAndOnlyItsOwnerIsTold() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        lock.lock(ADMIN, id).block();
        logIn(name, PASSWORD)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("ACCOUNT_LOCKED");
        logIn(name, "not the password")
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("AUTH_INVALID_CREDENTIALS");
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        awaitRefusal(access(registered.get("data")));

        unlock.unlock(ADMIN, id).block();
        JsonNode again = body(logIn(name, PASSWORD).expectStatus().isOk()).get("data");
        me(access(again)).isOk();
        assertThat(actions(id)).contains("account.locked", "account.unlocked");
        assertThat(events("auth.security.v1", id))
                .filteredOn(event -> event.get("data").get("action").asString().equals("account.locked"))
                .allSatisfy(event ->
                        assertThat(event.get("data").get("actorId").asString()).isEqualTo(ADMIN.toString()));
    }

    @Test
    void newRolesCountAtOnce() throws ParseException {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        roles.change(ADMIN, id, List.of("artist", "partner")).block();
        awaitRefusal(access(registered.get("data")));
        JsonNode renewed = body(post("refresh", Map.of("refresh_token", refresh(registered)))
                        .expectStatus()
                        .isOk())
                .get("data");
        String token = renewed.get("access_token").asString();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("roles"))
                .containsExactlyInAnyOrder("user", "artist", "partner");
        me(token).isOk();

        roles.change(ADMIN, id, List.of("artist")).block();
        JsonNode login = body(logIn(name, PASSWORD).expectStatus().isOk()).get("data");
        assertThat(SignedJWT.parse(access(login)).getJWTClaimsSet().getStringListClaim("roles"))
                .containsExactlyInAnyOrder("user", "artist");
        assertThat(account(id).roles()).containsExactly("user", "artist");
        assertThatThrownBy(() -> roles.change(ADMIN, id, List.of("king")).block())
                .isInstanceOf(FailureException.class);
        assertThat(actions(id)).contains("role.changed");
    }

    @Test
    void thereIsAlwaysAnAdministrator() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> accounts.administrators().hasElements().block());
        String name = name();
        UUID second = id(register(name, address(name)));
        roles.change(ADMIN, second, List.of("admin")).block();
        // with two of them either may go
        roles.change(ADMIN, second, List.of()).block();
        UUID root =
                Objects.requireNonNull(accounts.findByUsername("root").block()).id();
        List<UUID> others = accounts.administrators()
                .map(Versioned::id)
                .filter(id -> !id.equals(root))
                .collectList()
                .block();
        assertThat(others).isEmpty();
        for (Runnable attempt : List.<Runnable>of(
                () -> roles.change(ADMIN, root, List.of("artist")).block(),
                () -> lock.lock(ADMIN, root).block(),
                () -> delete.delete(ADMIN, root).block())) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("admin.last");
        }
        assertThat(account(root).isAdministrator()).isTrue();
    }

    @Test
    void aNewNameIsFollowedEverywhere() throws ParseException {
        String name = name();
        UUID id = id(register(name, address(name)));
        String next = "New" + name;
        rename(id, next);
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        JsonNode login = body(logIn(next.toLowerCase(Locale.ROOT), PASSWORD)
                        .expectStatus()
                        .isOk())
                .get("data");
        assertThat(login.get("user").get("username").asString()).isEqualTo(next);
        assertThat(SignedJWT.parse(access(login)).getJWTClaimsSet().getStringClaim("preferred_username"))
                .isEqualTo(next);
        assertThat(SignedJWT.parse(access(login)).getJWTClaimsSet().getSubject())
                .isEqualTo(id.toString());
        // the old name is free, whoever comes first
        register(name, "second-" + address(name));
        assertThatThrownBy(() -> rename(id, name.toUpperCase(Locale.ROOT))).hasMessageContaining("username.taken");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events(id))
                        .filteredOn(event -> event.get("type").asString().equals("auth.user.updated"))
                        .anySatisfy(event -> assertThat(
                                        event.get("data").get("username").asString())
                                .isEqualTo(next)));
    }

    @Test
    void namesThatAreSwappedWhileTheCredentialsLagEndUpRight() {
        String one = name();
        String other = name();
        UUID first = id(register(one, address(one)));
        UUID second = id(register(other, address(other)));
        // three writes of our own store, none of which the credentials have heard of
        change(first, "x" + one);
        change(second, one);
        change(first, other);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(account(first).duties().identityAt()).isNull();
            assertThat(account(second).duties().identityAt()).isNull();
        });
        assertThat(id(body(logIn(other, PASSWORD).expectStatus().isOk()))).isEqualTo(first);
        assertThat(id(body(logIn(one, PASSWORD).expectStatus().isOk()))).isEqualTo(second);
    }

    @Test
    void aDeletedAccountIsGoneAndItsNameIsFree() {
        String name = name();
        JsonNode registered = register(name, address(name));
        UUID id = id(registered);
        delete.delete(null, id).block();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> accounts.find(id).blockOptional().isEmpty());
        assertThat(identities.exists(id).block()).isFalse();
        logIn(name, PASSWORD).expectStatus().isUnauthorized();
        post("refresh", Map.of("refresh_token", refresh(registered)))
                .expectStatus()
                .isUnauthorized();
        awaitRefusal(access(registered.get("data")));
        assertThat(id(register(name, address(name)))).isNotEqualTo(id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events(id))
                        .extracting(event -> event.get("type").asString())
                        .containsExactly("auth.user.registered", "auth.user.deleted"));
        assertThat(actions(id)).contains("account.deleted");
        assertThatThrownBy(() -> delete.delete(null, id).block()).hasMessageContaining("user.not_found");
    }

    @Test
    void aDeletionThatDiedIsFinishedAndItsOwnerIsTold() {
        String name = name();
        UUID id = id(register(name, address(name)));
        TestKeycloak.cut();
        try {
            delete.delete(null, id).block();
            assertThat(account(id).status()).isEqualTo(Account.Status.DELETING);
        } finally {
            TestKeycloak.mend();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> accounts.find(id).blockOptional().isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(Mails.subjectsFor(address(name))).contains("Your account was deleted"));
        // the breaker lets few through at first
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> post("register", registration(name, address(name)))
                        .expectStatus()
                        .isCreated());
    }

    // ---- means ---------------------------------------------------------------------------------------------------

    private void rename(UUID id, String handle) {
        sync.syncNow(change(id, handle)).block();
    }

    private Versioned<Account> change(UUID id, String handle) {
        return Objects.requireNonNull(
                accounts.change(id, account -> account.profileChanged(handle, account.profile(), null, Instant.now()))
                        .block());
    }

    private Account account(UUID id) {
        return Objects.requireNonNull(accounts.find(id).block()).state();
    }
}
