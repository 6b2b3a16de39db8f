package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Profile;
import dev.cadenza.auth.account.Profile.SocialLinks;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be told in a profile, and the rule for each. */
public enum ProfileField {
    FIRST_NAME("first_name", Kind.LINE, 100),
    LAST_NAME("last_name", Kind.LINE, 100),
    DISPLAY_NAME("display_name", Kind.LINE, 100),
    BIO("bio", Kind.TEXT, 500),
    GENDER("gender", Kind.LINE, 50),
    LOCATION("location", Kind.LINE, 100),
    WEBSITE("website", Kind.ADDRESS, ProfileField.LONGEST_ADDRESS),
    AVATAR_URL("avatar_url", Kind.ADDRESS, ProfileField.LONGEST_ADDRESS),
    HEADER_URL("header_url", Kind.ADDRESS, ProfileField.LONGEST_ADDRESS),
    TWITTER("social_links.twitter", Kind.ACCOUNT, ProfileField.LONGEST_ADDRESS),
    INSTAGRAM("social_links.instagram", Kind.ACCOUNT, ProfileField.LONGEST_ADDRESS),
    SPOTIFY("social_links.spotify", Kind.ACCOUNT, ProfileField.LONGEST_ADDRESS),
    SOUNDCLOUD("social_links.soundcloud", Kind.ACCOUNT, ProfileField.LONGEST_ADDRESS);

    private enum Kind {
        LINE,
        TEXT,
        ADDRESS,
        /** The address of an account elsewhere, or its name there. */
        ACCOUNT
    }

    /** Where else somebody can be found. */
    static final Set<ProfileField> LINKS = EnumSet.of(TWITTER, INSTAGRAM, SPOTIFY, SOUNDCLOUD);

    private static final int LONGEST_ADDRESS = 2048;

    /** Hosts in any script; nobody's password; nothing that ends an attribute or a header where somebody is careless. */
    private static final Pattern ADDRESS = Pattern.compile("(?i:https?)://"
            + "(?:\\[[0-9A-Fa-f:.]{2,45}]|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]{0,252})(?::\\d{1,5})?"
            + "(?:[/?#][^\\p{C}\\p{Z}<>\"\\\\`]*)?");

    private static final Pattern NAME_ELSEWHERE = Pattern.compile("@?[\\p{L}\\p{N}._-]{1,100}");

    private final String path;
    private final Kind kind;
    private final int longest;

    ProfileField(String path, Kind kind, int longest) {
        this.path = path;
        this.kind = kind;
        this.longest = longest;
    }

    /** Where it stands in a body, as both dialects name it: {@code bio}, {@code social_links.spotify}. */
    public String path() {
        return path;
    }

    /** What is wrong with a value; empty where nothing is. */
    Optional<String> complaint(String value) {
        if (value.codePoints().anyMatch(this::isForbidden)) {
            return Optional.of("This field must not contain control characters.");
        }
        if (value.codePointCount(0, value.length()) > longest) {
            return Optional.of("Ensure this field has no more than " + longest + " characters.");
        }
        return switch (kind) {
            case LINE, TEXT -> Optional.empty();
            case ADDRESS ->
                ADDRESS.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("Enter a valid address that begins with http:// or https://.");
            case ACCOUNT ->
                ADDRESS.matcher(value).matches()
                                || NAME_ELSEWHERE.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("Enter a name, or a valid address that begins with http:// or https://.");
        };
    }

    /** Control characters, halves of characters, and those that turn the direction of everything that follows. */
    private boolean isForbidden(int c) {
        if (kind == Kind.TEXT && (c == '\n' || c == '\t')) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0xFEFF;
        };
    }

    /** What a profile tells. */
    static Map<ProfileField, String> told(Profile profile) {
        Map<ProfileField, String> told = new EnumMap<>(ProfileField.class);
        SocialLinks links = profile.socialLinks();
        put(told, FIRST_NAME, profile.firstName());
        put(told, LAST_NAME, profile.lastName());
        put(told, DISPLAY_NAME, profile.displayName());
        put(told, BIO, profile.bio());
        put(told, GENDER, profile.gender());
        put(told, LOCATION, profile.location());
        put(told, WEBSITE, profile.website());
        put(told, AVATAR_URL, profile.avatarUrl());
        put(told, HEADER_URL, profile.headerUrl());
        put(told, TWITTER, links.twitter());
        put(told, INSTAGRAM, links.instagram());
        put(told, SPOTIFY, links.spotify());
        put(told, SOUNDCLOUD, links.soundcloud());
        return told;
    }

    /** A profile that tells this. */
    static Profile telling(Map<ProfileField, String> told) {
        return new Profile(
                told.get(FIRST_NAME),
                told.get(LAST_NAME),
                told.get(DISPLAY_NAME),
                told.get(BIO),
                told.get(GENDER),
                told.get(LOCATION),
                told.get(WEBSITE),
                told.get(AVATAR_URL),
                told.get(HEADER_URL),
                new SocialLinks(told.get(TWITTER), told.get(INSTAGRAM), told.get(SPOTIFY), told.get(SOUNDCLOUD)));
    }

    private static void put(Map<ProfileField, String> told, ProfileField field, @Nullable String value) {
        if (value != null) {
            told.put(field, value);
        }
    }
}
