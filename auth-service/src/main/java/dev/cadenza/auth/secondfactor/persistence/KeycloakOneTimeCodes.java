package dev.cadenza.auth.secondfactor.persistence;

import dev.cadenza.auth.keycloak.KeycloakAdmin;
import dev.cadenza.auth.secondfactor.OneTimeCodes;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Credentials of the type {@code otp} of Keycloak's users; there is no endpoint of the admin API but the user's own. */
@Component
class KeycloakOneTimeCodes implements OneTimeCodes {

    private static final String TYPE = "otp";
    private static final String KIND =
            "{\"subType\":\"totp\",\"algorithm\":\"HmacSHA1\",\"digits\":6,\"period\":30,\"counter\":0,"
                    + "\"secretEncoding\":\"BASE32\"}";

    private final KeycloakAdmin admin;

    KeycloakOneTimeCodes(KeycloakAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Mono<Void> demand(UUID account, String secret) {
        return forUserOf(account, user -> {
            removeAll(user);
            CredentialRepresentation credential = new CredentialRepresentation();
            credential.setType(TYPE);
            credential.setUserLabel("Cadenza");
            credential.setSecretData("{\"value\":\"" + secret + "\"}");
            credential.setCredentialData(KIND);
            UserRepresentation change = new UserRepresentation();
            change.setCredentials(List.of(credential));
            user.update(change);
        });
    }

    @Override
    public Mono<Void> waive(UUID account) {
        return forUserOf(account, KeycloakOneTimeCodes::removeAll);
    }

    private static void removeAll(UserResource user) {
        user.credentials().stream()
                .filter(credential -> TYPE.equals(credential.getType()))
                .forEach(credential -> user.removeCredential(credential.getId()));
    }

    private Mono<Void> forUserOf(UUID account, Consumer<UserResource> change) {
        return admin.call(() -> {
                    admin.users(account)
                            .forEach(user -> change.accept(admin.realm().users().get(user.getId())));
                    return true;
                })
                .then();
    }
}
