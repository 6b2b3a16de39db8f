package dev.cadenza.auth.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first account with the role {@code admin}; made at start where it is missing. All three or none.
 *
 * @param username its name
 * @param email its address, which counts as verified
 * @param password used only when the account is made; changing it here later changes nothing
 */
@ConfigurationProperties("cadenza.admin")
public record AdministratorSettings(
        @Nullable String username,
        @Nullable String email,
        @Nullable String password) {

    Optional<Registration> registration() {
        return username == null && email == null && password == null
                ? Optional.empty()
                : Optional.of(Registration.of(username, email, password, List.of()));
    }

    @Override
    public String toString() {
        return "AdministratorSettings[" + username + "]";
    }
}
