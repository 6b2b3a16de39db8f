package dev.cadenza.auth.account.persistence;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why Keycloak refuses a user, in the several forms that it has for that. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class Refusal {

    @JsonProperty
    @Nullable
    String error;

    @JsonProperty("error_description")
    @Nullable
    String errorDescription;

    @JsonProperty
    @Nullable
    String field;

    @JsonProperty
    @Nullable
    List<Refusal> errors;
}
