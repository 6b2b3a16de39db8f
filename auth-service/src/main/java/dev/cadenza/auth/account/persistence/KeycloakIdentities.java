package dev.cadenza.auth.account.persistence;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.Identities;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.keycloak.KeycloakAdmin;
import dev.cadenza.auth.keycloak.KeycloakGuard;
import dev.cadenza.platform.core.Failure;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Credentials as users of Keycloak's realm. The user's attribute {@link KeycloakAdmin#ACCOUNT_ID} is the account's id and
 * becomes the token's {@code sub}: Keycloak lets nobody choose a user's own id without the right to change the whole
 * realm.
 */
@Component
class KeycloakIdentities implements Identities {

    private static final String NUMBER = "number";
    private static final String HANDLE = "handle";

    private final KeycloakAdmin admin;
    private final KeycloakGuard guard;

    KeycloakIdentities(KeycloakAdmin admin, KeycloakGuard guard) {
        this.admin = admin;
        this.guard = guard;
    }

    @Override
    public Mono<Void> create(Identity identity, Password password) {
        return admin.call(() -> {
                    UserRepresentation user = new UserRepresentation();
                    user.setUsername(identity.handle());
                    user.setEmail(identity.email());
                    user.setEnabled(true);
                    user.setAttributes(attributes(identity));
                    user.setCredentials(List.of(credential(password)));
                    try (Response response = admin.realm().users().create(user)) {
                        switch (response.getStatus()) {
                            case 201 -> {}
                            case 409 -> throw Accounts.USERNAME_TAKEN.asException();
                            case 400 -> throw refused(response.readEntity(Refusal.class));
                            default -> throw guard.unexpected("%d to a new user".formatted(response.getStatus()));
                        }
                    }
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Boolean> exists(UUID account) {
        return admin.call(() -> !admin.users(account).isEmpty());
    }

    @Override
    public Flux<Holder> holders(String username, String email) {
        return admin.call(() -> {
                    UsersResource users = admin.realm().users();
                    return Stream.concat(
                                    users.searchByUsername(username, true).stream(),
                                    users.searchByEmail(email, true).stream())
                            .map(KeycloakIdentities::holder)
                            .distinct()
                            .toList();
                })
                .flatMapIterable(holders -> holders);
    }

    @Override
    public Mono<Void> grant(UUID account, List<String> roles) {
        return admin.call(() -> {
                    List<RoleRepresentation> wanted = roles.stream()
                            .map(role -> admin.realm().roles().get(role).toRepresentation())
                            .toList();
                    admin.users(account)
                            .forEach(user -> admin.realm()
                                    .users()
                                    .get(user.getId())
                                    .roles()
                                    .realmLevel()
                                    .add(wanted));
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Void> follow(Identity identity, List<String> roles) {
        return edit(identity.id(), user -> {
            UserRepresentation known = user.toRepresentation();
            known.setUsername(identity.handle());
            known.setEmail(identity.email());
            Map<String, List<String>> attributes = new HashMap<>();
            if (known.getAttributes() != null) {
                attributes.putAll(known.getAttributes());
            }
            attributes.putAll(attributes(identity));
            known.setAttributes(attributes);
            user.update(known);
            RoleScopeResource granted = user.roles().realmLevel();
            Map<String, RoleRepresentation> held =
                    granted.listAll().stream().collect(Collectors.toMap(RoleRepresentation::getName, role -> role));
            List<RoleRepresentation> tooMany = further(Account.ROLES)
                    .filter(role -> held.containsKey(role) && !roles.contains(role))
                    .map(held::get)
                    .toList();
            List<RoleRepresentation> missing = further(roles)
                    .filter(role -> !held.containsKey(role))
                    .map(role -> admin.realm().roles().get(role).toRepresentation())
                    .toList();
            if (!tooMany.isEmpty()) {
                granted.remove(tooMany);
            }
            if (!missing.isEmpty()) {
                granted.add(missing);
            }
        });
    }

    @Override
    public Mono<Void> setPassword(UUID account, Password password) {
        return edit(account, user -> user.resetPassword(credential(password)));
    }

    @Override
    public Mono<Void> park(Identity identity) {
        return edit(identity.id(), user -> {
            UserRepresentation known = user.toRepresentation();
            // no account can be called this
            known.setUsername("+%09d".formatted(identity.number()));
            user.update(known);
        });
    }

    /** The role of every account comes by itself. */
    private static Stream<String> further(List<String> roles) {
        return roles.stream().filter(role -> !role.equals(Account.USER));
    }

    private static Map<String, List<String>> attributes(Identity identity) {
        return Map.of(
                KeycloakAdmin.ACCOUNT_ID,
                List.of(identity.id().toString()),
                NUMBER,
                List.of(Long.toString(identity.number())),
                HANDLE,
                List.of(identity.handle()));
    }

    private static CredentialRepresentation credential(Password password) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password.value());
        credential.setTemporary(false);
        return credential;
    }

    private Mono<Void> edit(UUID account, Consumer<UserResource> edit) {
        return admin.call(() -> {
                    try {
                        admin.users(account)
                                .forEach(user ->
                                        edit.accept(admin.realm().users().get(user.getId())));
                        return true;
                    } catch (ClientErrorException refused) {
                        throw switch (refused.getResponse().getStatus()) {
                            case 409 -> Accounts.USERNAME_TAKEN.asException();
                            case 400 -> refused(refused.getResponse().readEntity(Refusal.class));
                            default -> refused;
                        };
                    }
                })
                .then();
    }

    @Override
    public Mono<Void> remove(UUID account) {
        return admin.call(() -> {
                    admin.users(account)
                            .forEach(user ->
                                    admin.realm().users().delete(user.getId()).close());
                    return true;
                })
                .then();
    }

    private static Holder holder(UserRepresentation user) {
        Map<String, List<String>> attributes = user.getAttributes();
        List<String> ids = attributes == null ? null : attributes.get(KeycloakAdmin.ACCOUNT_ID);
        return new Holder(ids == null || ids.isEmpty() ? null : uuid(ids.getFirst()));
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static RuntimeException refused(Refusal refusal) {
        String error = String.valueOf(refusal.error);
        if (error.startsWith("invalidPassword")) {
            return Failure.invalidField(
                    "password",
                    refusal.errorDescription == null ? "The password is not accepted." : refusal.errorDescription);
        }
        String field = refusal.field == null && refusal.errors != null && !refusal.errors.isEmpty()
                ? refusal.errors.getFirst().field
                : refusal.field;
        return "email".equals(field)
                ? Failure.invalidField("email", "Enter a valid email address.")
                : Failure.invalidField("username", "The username is not accepted.");
    }
}
