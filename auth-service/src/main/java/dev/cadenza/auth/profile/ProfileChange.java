package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Profile;
import dev.cadenza.auth.account.Registration;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to tell otherwise; what is not given stays.
 *
 * @param username null to keep it
 * @param values empty to tell it no longer
 */
public record ProfileChange(@Nullable String username, Map<ProfileField, Optional<String>> values) {

    private static final String USERNAME = "username";
    private static final String LINKS = "social_links";

    public ProfileChange {
        values = Map.copyOf(values);
    }

    /** One value otherwise; null to tell it no longer. */
    static ProfileChange of(ProfileField field, @Nullable String value) {
        return new ProfileChange(null, Map.of(field, Optional.ofNullable(value)));
    }

    /**
     * Takes what concerns a profile out of the fields of a body, and leaves the rest alone: nobody changes roles or the
     * verification by sending them along. {@code null} and blank text clear a field, absent ones keep it.
     *
     * @param body a JSON object
     * @throws dev.cadenza.platform.core.FailureException with {@link Failure.Invalid} that names all wrong fields
     */
    public static ProfileChange of(Map<String, ?> body) {
        List<Violation> violations = new ArrayList<>();
        String username = username(body, violations);
        ProfileChange values = told(body, violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return new ProfileChange(username, values.values);
    }

    /** The same without a username, for an account that does not exist yet. */
    public static ProfileChange told(Map<String, ?> body, List<Violation> violations) {
        Map<String, @Nullable Object> given = flat(body, violations);
        Map<ProfileField, Optional<String>> values = new EnumMap<>(ProfileField.class);
        for (ProfileField field : ProfileField.values()) {
            if (given.containsKey(field.path())) {
                check(field, given.get(field.path()), violations).ifPresent(value -> values.put(field, value));
            }
        }
        return new ProfileChange(null, values);
    }

    /** With {@code social_links.spotify} instead of an object in the object; null instead of the inner one clears all. */
    private static Map<String, @Nullable Object> flat(Map<String, ?> body, List<Violation> violations) {
        Map<String, @Nullable Object> flat = new HashMap<>(body);
        if (body.containsKey(LINKS)) {
            switch (body.get(LINKS)) {
                case null -> ProfileField.LINKS.forEach(field -> flat.put(field.path(), null));
                case Map<?, ?> links -> links.forEach((name, value) -> flat.put(LINKS + "." + name, value));
                default -> violations.add(Violation.of(LINKS, "This field must be an object."));
            }
        }
        return flat;
    }

    private static Optional<Optional<String>> check(
            ProfileField field, @Nullable Object value, List<Violation> violations) {
        if (value == null) {
            return Optional.of(Optional.empty());
        }
        if (!(value instanceof String text)) {
            violations.add(Violation.of(field.path(), "This field must be text."));
            return Optional.empty();
        }
        String clean = text.strip().replace("\r\n", "\n");
        if (clean.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        Optional<String> complaint = field.complaint(clean);
        complaint.ifPresent(message -> violations.add(Violation.of(field.path(), message)));
        return complaint.isPresent() ? Optional.empty() : Optional.of(Optional.of(clean));
    }

    private static @Nullable String username(Map<String, ?> body, List<Violation> violations) {
        if (!body.containsKey(USERNAME)) {
            return null;
        }
        if (body.get(USERNAME) instanceof String username && !username.isBlank()) {
            Registration.complaintAboutUsername(username).ifPresent(violations::add);
            return username;
        }
        violations.add(Violation.of(USERNAME, "An account must have a username."));
        return null;
    }

    /** The profile after it. */
    public Profile applyTo(Profile profile) {
        Map<ProfileField, String> told = ProfileField.told(profile);
        values.forEach(
                (field, value) -> value.ifPresentOrElse(text -> told.put(field, text), () -> told.remove(field)));
        return ProfileField.telling(told);
    }
}
