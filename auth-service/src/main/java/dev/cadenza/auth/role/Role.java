package dev.cadenza.auth.role;

import dev.cadenza.platform.core.identity.Area;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A role of the platform and what it permits: the scopes that an API key of its holder may have. The only place that
 * says so. From the weakest to the strongest.
 */
public enum Role {
    /** Every account. */
    USER("2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0001", false),
    /** Publishes and sells. */
    ARTIST("2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0002", false),
    /** Builds on the platform. */
    PARTNER("2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0003", false),
    /** Administers the platform. */
    ADMIN("2a3c5b0e-6f0d-4c57-9f5a-1d8c3a7e0004", true);

    private final UUID id;
    private final boolean everything;

    Role(String id, boolean everything) {
        this.id = UUID.fromString(id);
        this.everything = everything;
    }

    /** The same everywhere and forever. */
    public UUID id() {
        return id;
    }

    /** Name in tokens and accounts, such as {@code user}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it permits all there is. */
    public boolean isEverything() {
        return everything;
    }

    /** Every scope that it permits, in a stable order. */
    public List<String> scopes() {
        return Stream.of(Area.values())
                .filter(area -> everything || area != Area.ADMIN)
                .flatMap(area -> Stream.of(area.scope(false), area.scope(true)))
                .toList();
    }

    /** The names of all roles, the weakest first. */
    public static List<String> words() {
        return Stream.of(values()).map(Role::word).toList();
    }

    /** The strongest of these roles, for whoever shows but one; {@link #USER} where there is none. */
    public static Role strongest(Collection<String> names) {
        return names.stream()
                .flatMap(name -> named(name).stream())
                .max(Comparator.naturalOrder())
                .orElse(USER);
    }

    /** The role of this name. */
    public static Optional<Role> named(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** The role with this id. */
    public static Optional<Role> of(UUID id) {
        return Stream.of(values()).filter(role -> role.id.equals(id)).findFirst();
    }

    /** Every scope that the holder of these roles may give to a key; names that are no role permit nothing. */
    public static Set<String> scopes(Collection<String> roles) {
        Set<String> scopes = new LinkedHashSet<>();
        roles.forEach(name -> named(name).ifPresent(role -> scopes.addAll(role.scopes())));
        return scopes;
    }
}
