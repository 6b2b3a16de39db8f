package dev.cadenza.catalog.search;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Local copy of the accounts; older or repeated messages change nothing. */
public interface People {

    /**
     * Somebody who can be found.
     *
     * @param avatarUrl address of a picture
     * @param headerUrl address of a wide picture
     * @param updatedAt null where nobody told
     */
    record Person(
            UUID id,
            String username,
            boolean verified,
            @Nullable String displayName,
            @Nullable String bio,
            @Nullable String avatarUrl,
            @Nullable String headerUrl,
            @Nullable String location,
            @Nullable String website,
            SocialLinks socialLinks,
            Instant createdAt,
            @Nullable Instant updatedAt) {}

    /** Where else somebody can be found. */
    record SocialLinks(
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud) {

        /** Nowhere. */
        public static final SocialLinks NONE = new SocialLinks(null, null, null, null);
    }

    /** An account is as told. */
    Mono<Void> put(Person person, long seq);

    /** An account is gone. */
    Mono<Void> remove(UUID id, long seq);

    /** Those of these ids that there are, in no particular order. */
    Flux<Person> all(Collection<UUID> ids);

    /** The ids of all of them. */
    Flux<UUID> ids();

    /** Called after each write of this process with the id; must not block. */
    void afterWrite(Consumer<UUID> listener);
}
