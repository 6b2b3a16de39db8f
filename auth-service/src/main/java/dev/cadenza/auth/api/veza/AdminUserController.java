package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.AccountFilter;
import dev.cadenza.auth.account.ChangeRoles;
import dev.cadenza.auth.account.LockAccount;
import dev.cadenza.auth.account.Registration;
import dev.cadenza.auth.account.SearchAccounts;
import dev.cadenza.auth.account.UnlockAccount;
import dev.cadenza.auth.account.WithdrawLostSecondFactor;
import dev.cadenza.auth.profile.Actor;
import dev.cadenza.auth.profile.AvatarAddresses;
import dev.cadenza.auth.profile.ShowProfile;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.platform.web.security.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Accounts, for administrators: an extension of the document. */
@RestController("vezaAdminUserController")
@RequestMapping("/api/v1/admin/users")
class AdminUserController {

    private static final Failure FORBIDDEN =
            new Failure.Forbidden("access.denied", "You do not have permission to perform this action.");

    private final SearchAccounts search;
    private final ShowProfile show;
    private final LockAccount lock;
    private final UnlockAccount unlock;
    private final ChangeRoles changeRoles;
    private final WithdrawLostSecondFactor withdraw;
    private final AvatarAddresses avatars;

    AdminUserController(
            SearchAccounts search,
            ShowProfile show,
            LockAccount lock,
            UnlockAccount unlock,
            ChangeRoles changeRoles,
            WithdrawLostSecondFactor withdraw,
            AvatarAddresses avatars) {
        this.search = search;
        this.show = show;
        this.lock = lock;
        this.unlock = unlock;
        this.changeRoles = changeRoles;
        this.withdraw = withdraw;
        this.avatars = avatars;
    }

    @GetMapping
    Mono<VezaEnvelope<UserJson.Many>> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable Boolean locked,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            Caller caller) {
        return Mono.defer(() -> {
                    administrator(Actors.looking(caller));
                    if (role != null && !Account.ROLES.contains(role)) {
                        throw Failure.unreadable(
                                "parameter.invalid",
                                "The parameter 'role' must be one of " + String.join(", ", Account.ROLES) + ".");
                    }
                    String name = q == null || q.isBlank() ? null : q.strip();
                    return search.search(new AccountFilter(name, role, locked), VezaPages.of(page, limit));
                })
                .map(found -> VezaEnvelope.data(
                        new UserJson.Many(found.map(this::json).items(), VezaPages.of(found))));
    }

    @GetMapping("/{id}")
    Mono<VezaEnvelope<UserJson.OneAdministered>> one(@PathVariable UUID id, Caller caller) {
        return Mono.defer(() -> {
                    administrator(Actors.looking(caller));
                    return show.byId(id);
                })
                .map(this::answer);
    }

    @PostMapping("/{id}/lock")
    Mono<VezaEnvelope<UserJson.OneAdministered>> lock(@PathVariable UUID id, Caller caller) {
        return Mono.defer(() -> lock.lock(administrator(Actors.changing(caller)), id))
                .map(this::answer);
    }

    @PostMapping("/{id}/unlock")
    Mono<VezaEnvelope<UserJson.OneAdministered>> unlock(@PathVariable UUID id, Caller caller) {
        return Mono.defer(() -> unlock.unlock(administrator(Actors.changing(caller)), id))
                .map(this::answer);
    }

    @PutMapping("/{id}/roles")
    Mono<VezaEnvelope<UserJson.OneAdministered>> changeRoles(
            @PathVariable UUID id, @RequestBody UserJson.Roles body, Caller caller) {
        return Mono.defer(() -> {
                    UUID administrator = administrator(Actors.changing(caller));
                    if (body.roles() == null) {
                        throw Failure.invalid(List.of(Registration.required("roles")));
                    }
                    List<String> roles = body.roles().stream()
                            .map(role -> Objects.requireNonNullElse(role, ""))
                            .toList();
                    return changeRoles.change(administrator, id, roles);
                })
                .map(this::answer);
    }

    /** For owners who have lost the device; they are told by mail. */
    @DeleteMapping("/{id}/2fa")
    Mono<VezaEnvelope<UserJson.OneAdministered>> withdrawSecondFactor(@PathVariable UUID id, Caller caller) {
        return Mono.defer(() -> withdraw.withdraw(administrator(Actors.changing(caller)), id))
                .map(this::answer);
    }

    private static UUID administrator(Actor actor) {
        if (!actor.admin()) {
            throw FORBIDDEN.asException();
        }
        return actor.id();
    }

    private VezaEnvelope<UserJson.OneAdministered> answer(Versioned<Account> account) {
        return VezaEnvelope.data(new UserJson.OneAdministered(json(account)));
    }

    private UserJson.Administered json(Versioned<Account> account) {
        return UserJson.Administered.of(account, avatars.shown(account));
    }
}
