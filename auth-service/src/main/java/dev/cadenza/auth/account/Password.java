package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A password on its way to Keycloak. Is never stored, and does not show itself in logs. */
public record Password(String value) {

    /** Field of those who change a password. */
    static final String NEW = "new_password";

    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    /** One that somebody has chosen and repeated; {@link Failure.Invalid} naming the fields that are wrong. */
    static Password confirmed(@Nullable String chosen, @Nullable String confirmation) {
        List<Violation> violations = new ArrayList<>();
        if (confirmation == null || confirmation.isEmpty()) {
            violations.add(Registration.required("confirm_password"));
        } else if (!confirmation.equals(chosen)) {
            violations.add(Violation.of("confirm_password", "The passwords do not match."));
        }
        return chosen(chosen, violations);
    }

    /**
     * One that somebody has chosen.
     *
     * @param more violations of other fields
     */
    static Password chosen(@Nullable String chosen, List<Violation> more) {
        List<Violation> violations = new ArrayList<>();
        check(NEW, chosen, violations);
        violations.addAll(more);
        if (chosen == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return new Password(chosen);
    }

    static void check(String field, @Nullable String password, List<Violation> violations) {
        if (password == null || password.isEmpty()) {
            violations.add(Registration.required(field));
        } else if (password.length() < SHORTEST) {
            violations.add(Violation.of(field, "Password must be at least 8 characters long."));
        } else if (password.length() > LONGEST) {
            violations.add(Violation.of(field, "Password must be at most 128 characters long."));
        }
    }

    @Override
    public String toString() {
        return "Password[…]";
    }
}
