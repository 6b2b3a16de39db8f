package dev.cadenza.auth.account;

import org.jspecify.annotations.Nullable;

/**
 * What an account's owner tells about themselves; null where they tell nothing.
 *
 * @param avatarUrl address of a picture
 * @param headerUrl address of a wide picture
 */
public record Profile(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String gender,
        @Nullable String location,
        @Nullable String website,
        @Nullable String avatarUrl,
        @Nullable String headerUrl,
        SocialLinks socialLinks) {

    /** Nothing told. */
    public static final Profile EMPTY =
            new Profile(null, null, null, null, null, null, null, null, null, SocialLinks.NONE);

    public Profile {
        socialLinks = socialLinks == null ? SocialLinks.NONE : socialLinks;
    }

    /** Where else the owner can be found. */
    public record SocialLinks(
            @Nullable String twitter,
            @Nullable String instagram,
            @Nullable String spotify,
            @Nullable String soundcloud) {

        /** Nowhere. */
        public static final SocialLinks NONE = new SocialLinks(null, null, null, null);
    }
}
