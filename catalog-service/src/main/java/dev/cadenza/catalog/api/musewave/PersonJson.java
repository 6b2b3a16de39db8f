package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.search.People.Person;
import dev.cadenza.catalog.search.People.SocialLinks;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of users, as it is shown to everybody.
 *
 * @param email always null: addresses do not leave auth-service
 */
record PersonJson(
        UUID id,
        String username,
        @Nullable String email,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String avatarUrl,
        @Nullable String headerUrl,
        @Nullable String location,
        @Nullable String website,
        Links socialLinks,
        boolean verified,
        Instant createdAt,
        Instant updatedAt) {

    record Links(
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud) {}

    static PersonJson of(Person person) {
        SocialLinks links = person.socialLinks();
        return new PersonJson(
                person.id(),
                person.username(),
                null,
                person.displayName(),
                person.bio(),
                person.avatarUrl(),
                person.headerUrl(),
                person.location(),
                person.website(),
                new Links(links.twitter(), links.instagram(), links.spotify(), links.soundcloud()),
                person.verified(),
                person.createdAt(),
                Objects.requireNonNullElse(person.updatedAt(), person.createdAt()));
    }
}
