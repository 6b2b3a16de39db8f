package dev.cadenza.auth.account.persistence;

import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.Identities;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.keycloak.KeycloakGuard;
import dev.cadenza.auth.keycloak.KeycloakSettings;
import dev.cadenza.platform.core.Failure;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.resteasy.client.jaxrs.ResteasyClientBuilder;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Credentials as users of Keycloak's realm, through its admin client, which blocks and so has threads of its own. The
 * user's attribute {@value #ID} is the account's id and becomes the token's {@code sub}: Keycloak lets nobody choose a
 * user's own id without the right to change the whole realm.
 */
@Component
class KeycloakIdentities implements Identities, AutoCloseable {

    private static final String ID = "cadenza_id";
    private static final String NUMBER = "number";
    private static final String HANDLE = "handle";
    private static final int THREADS = 8;
    private static final int WAITING = 200;

    private final KeycloakGuard guard;
    private final Keycloak keycloak;
    private final RealmResource realm;
    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, WAITING, "keycloak-admin");

    KeycloakIdentities(KeycloakSettings settings, KeycloakGuard guard) {
        this.guard = guard;
        this.keycloak = KeycloakBuilder.builder()
                .serverUrl(settings.url().toString())
                .realm(settings.realm())
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(settings.adminClientId())
                .clientSecret(settings.adminClientSecret())
                .resteasyClient(client(settings))
                .build();
        this.realm = keycloak.realm(settings.realm());
    }

    private static Client client(KeycloakSettings settings) {
        return ((ResteasyClientBuilder) ResteasyClientBuilder.newBuilder())
                .connectionPoolSize(THREADS)
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(settings.responseTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .connectionCheckoutTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .register(JacksonProvider.class, 100)
                .build();
    }

    @Override
    public Mono<Void> create(Identity identity, Password password) {
        return call(() -> {
                    UserRepresentation user = new UserRepresentation();
                    user.setUsername(identity.handle());
                    user.setEmail(identity.email());
                    user.setEnabled(true);
                    user.setAttributes(Map.of(
                            ID, List.of(identity.id().toString()),
                            NUMBER, List.of(Long.toString(identity.number())),
                            HANDLE, List.of(identity.handle())));
                    CredentialRepresentation credential = new CredentialRepresentation();
                    credential.setType(CredentialRepresentation.PASSWORD);
                    credential.setValue(password.value());
                    credential.setTemporary(false);
                    user.setCredentials(List.of(credential));
                    try (Response response = realm.users().create(user)) {
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
        return call(() -> !search(account).isEmpty());
    }

    @Override
    public Flux<Holder> holders(String username, String email) {
        return call(() -> {
                    UsersResource users = realm.users();
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
        return call(() -> {
                    List<RoleRepresentation> wanted = roles.stream()
                            .map(role -> realm.roles().get(role).toRepresentation())
                            .toList();
                    search(account)
                            .forEach(user -> realm.users()
                                    .get(user.getId())
                                    .roles()
                                    .realmLevel()
                                    .add(wanted));
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Void> remove(UUID account) {
        return call(() -> {
                    search(account)
                            .forEach(user -> realm.users().delete(user.getId()).close());
                    return true;
                })
                .then();
    }

    private List<UserRepresentation> search(UUID account) {
        return realm.users().searchByAttributes(ID + ":" + account);
    }

    private <T> Mono<T> call(Callable<T> call) {
        return guard.guarded(Mono.fromCallable(call).subscribeOn(threads));
    }

    private static Holder holder(UserRepresentation user) {
        Map<String, List<String>> attributes = user.getAttributes();
        List<String> ids = attributes == null ? null : attributes.get(ID);
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

    @Override
    public void close() {
        threads.dispose();
        keycloak.close();
    }
}
