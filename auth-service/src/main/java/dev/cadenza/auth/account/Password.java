package dev.cadenza.auth.account;

/** A password on its way to Keycloak. Is never stored, and does not show itself in logs. */
public record Password(String value) {

    @Override
    public String toString() {
        return "Password[…]";
    }
}
