package dev.cadenza.auth.keycloak;

import jakarta.ws.rs.client.Client;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.client.jaxrs.ResteasyClientBuilder;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Keycloak's admin client, which blocks and so has threads of its own. */
@Component
public class KeycloakAdmin implements AutoCloseable {

    /** Attribute of a user: the account's id, which is the {@code sub} of its tokens. */
    public static final String ACCOUNT_ID = "cadenza_id";

    private static final int THREADS = 8;
    private static final int WAITING = 200;

    private final KeycloakGuard guard;
    private final Keycloak keycloak;
    private final RealmResource realm;
    private final Scheduler threads = Schedulers.newBoundedElastic(THREADS, WAITING, "keycloak-admin");

    KeycloakAdmin(KeycloakSettings settings, KeycloakGuard guard) {
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

    /** The platform's realm; blocks, so only inside of {@link #call}. */
    public RealmResource realm() {
        return realm;
    }

    /** The users of the realm that are this account: one, or none; blocks, so only inside of {@link #call}. */
    public List<UserRepresentation> users(UUID account) {
        return realm.users().searchByAttributes(ACCOUNT_ID + ":" + account);
    }

    /** Calls Keycloak; whatever goes wrong is a {@code Failure}. */
    public <T> Mono<T> call(Callable<T> call) {
        return guard.guarded(Mono.fromCallable(call).subscribeOn(threads));
    }

    @Override
    public void close() {
        threads.dispose();
        keycloak.close();
    }
}
