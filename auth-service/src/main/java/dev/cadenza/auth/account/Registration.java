package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a new account needs, checked. */
public record Registration(String username, String email, Password password) {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,29}");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    /**
     * Checks all fields at once.
     *
     * @param more violations of fields that only one dialect has
     */
    public static Registration of(
            @Nullable String username, @Nullable String email, @Nullable String password, List<Violation> more) {
        List<Violation> violations = new ArrayList<>();
        if (username == null || username.isBlank()) {
            violations.add(required("username"));
        } else {
            complaintAboutUsername(username).ifPresent(violations::add);
        }
        if (email == null || email.isBlank()) {
            violations.add(required("email"));
        } else if (!isEmail(email)) {
            violations.add(new Violation("email", "Enter a valid email address.", email, null));
        }
        Password.check("password", password, violations);
        violations.addAll(more);
        if (username == null || email == null || password == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return new Registration(username, email.strip(), new Password(password));
    }

    /** Whether an account may have this name. */
    public static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    /** What is wrong with a name; empty where nothing is. */
    public static Optional<Violation> complaintAboutUsername(String username) {
        return isUsername(username)
                ? Optional.empty()
                : Optional.of(new Violation(
                        "username",
                        "Use 3 to 30 letters, digits, dots, dashes and underscores, beginning with a letter or a digit.",
                        username,
                        "3-30"));
    }

    /** Whether mail could be sent to this address. */
    public static boolean isEmail(String text) {
        String address = text.strip();
        return address.length() <= LONGEST_EMAIL
                && address.indexOf('@') <= LONGEST_LOCAL_PART
                && EMAIL.matcher(address).matches();
    }

    /** What is said about a field that is missing. */
    public static Violation required(String field) {
        return Violation.of(field, "This field is required.");
    }
}
