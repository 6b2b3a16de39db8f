package dev.cadenza.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cadenza.auth.account.Profile;
import dev.cadenza.auth.account.Profile.SocialLinks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileChangeTests {

    private static final Profile ANN = new Profile(
            "Ann",
            "Lee",
            "Ann L.",
            "Plays",
            "f",
            "Paris",
            "https://ann.example",
            "https://a.example/a.png",
            null,
            new SocialLinks("@ann", null, null, "https://soundcloud.com/ann"));

    @Test
    void whatIsNotGivenStays() {
        assertThat(ProfileChange.of(Map.of()).applyTo(ANN)).isEqualTo(ANN);
        Profile changed = ProfileChange.of(Map.of("bio", "Sings", "social_links", Map.of("spotify", "ann.s")))
                .applyTo(ANN);
        assertThat(changed.bio()).isEqualTo("Sings");
        assertThat(changed.firstName()).isEqualTo("Ann");
        assertThat(changed.socialLinks())
                .isEqualTo(new SocialLinks("@ann", null, "ann.s", "https://soundcloud.com/ann"));
    }

    @Test
    void nothingAndBlankTextClear() {
        for (Object nothing : new @Nullable Object[] {null, "", "  \n "}) {
            Map<String, @Nullable Object> body = Collections.singletonMap("bio", nothing);
            assertThat(ProfileChange.of(body).applyTo(ANN).bio()).isNull();
        }
        Profile unlinked =
                ProfileChange.of(Collections.singletonMap("social_links", null)).applyTo(ANN);
        assertThat(unlinked.socialLinks()).isEqualTo(SocialLinks.NONE);
        assertThat(unlinked.bio()).isEqualTo("Plays");
    }

    @Test
    void everythingElseInABodyIsLeftAlone() {
        ProfileChange change = ProfileChange.of(Map.of(
                "id",
                "1",
                "role",
                "admin",
                "roles",
                List.of("admin"),
                "verified",
                true,
                "number",
                1,
                "email",
                "x@y.z",
                "password",
                "secret",
                "locked",
                false,
                "created_at",
                "2020-01-01T00:00:00Z"));
        assertThat(change.username()).isNull();
        assertThat(change.values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"first_name, 100", "last_name, 100", "display_name, 100", "bio, 500", "gender, 50", "location, 100"})
    void lengthsAreCountedInCharactersAsPeopleDo(String field, int longest) {
        assertThat(complaints(field, "🎵".repeat(longest))).isEmpty();
        assertThat(complaints(field, "🎵".repeat(longest + 1)))
                .containsExactly("Ensure this field has no more than " + longest + " characters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://example.com:8080/a?b=c#d",
                "HTTPS://EXAMPLE.COM/~ann/",
                "https://müller.example/straße/日本?q=ü",
                "http://[2001:db8::1]/x",
                "http://127.0.0.1",
                "https://例え.jp"
            })
    void addressesOfPages(String address) {
        for (String field : new String[] {"website", "avatar_url", "header_url"}) {
            assertThat(complaints(field, address)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "ftp://example.com/x",
                "//example.com/x",
                "example.com",
                "https://",
                "https:///x",
                "https://user:secret@example.com/",
                "https://example.com@evil.example/",
                "https://example.com/a b",
                "https://example.com/\"onload=x",
                "https://example.com/<script>",
                "https://example.com\\x",
                "https://-example.com/ /"
            })
    void nothingElseIsAnAddress(String address) {
        for (String field : new String[] {"website", "avatar_url", "header_url"}) {
            assertThat(complaints(field, address)).isNotEmpty();
        }
        // what has no slash may be a name
        if (address.contains("/") || address.contains(":")) {
            assertThat(complaints("social_links.twitter", address)).isNotEmpty();
        }
    }

    @Test
    void addressesHaveALimit() {
        String longest = "https://example.com/" + "x".repeat(2048 - 20);
        assertThat(complaints("website", longest)).isEmpty();
        assertThat(complaints("website", longest + "x")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@ann.lee", "ann-lee_7", "https://twitter.com/ann", "анна"})
    void accountsElsewhereHaveNamesOrAddresses(String value) {
        assertThat(complaints("social_links.twitter", value)).isEmpty();
    }

    @Test
    void controlCharactersAreRefusedAndAllScriptsAreWelcome() {
        for (String text : new String[] {"a\u0007b", "a\u001bb", "a\u0000b", "a\u2028b", "a\u202eb", "a\ud800b"}) {
            assertThat(complaints("bio", text)).isNotEmpty();
            assertThat(complaints("display_name", text)).isNotEmpty();
        }
        for (String text :
                new String[] {"Ann 李 Анна علي", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Zoë & <b>", "' OR 1=1 --", "{\"$gt\":\"\"}"
                }) {
            assertThat(complaints("bio", text)).isEmpty();
            assertThat(complaints("display_name", text)).isEmpty();
        }
        assertThat(complaints("bio", "two\r\nlines\tand a tab")).isEmpty();
        assertThat(ProfileChange.of(Map.of("bio", "two\r\nlines")).applyTo(ANN).bio())
                .isEqualTo("two\nlines");
        assertThat(complaints("display_name", "two\nlines")).isNotEmpty();
    }

    @Test
    void onlyTextIsText() {
        for (Object value : new Object[] {5, true, List.of("x"), Map.of("$gt", "")}) {
            for (ProfileField field : ProfileField.values()) {
                assertThat(complaints(field.path(), value)).containsExactly("This field must be text.");
            }
        }
        assertThat(complaints("social_links", "twitter")).containsExactly("This field must be an object.");
        assertThat(complaints("social_links", Map.of("twitter", Map.of("$gt", ""))))
                .containsExactly("This field must be text.");
        assertThat(complaints("social_links", Map.of("myspace", 5))).isEmpty();
    }

    @Test
    void aUsernameCannotBeClearedAndKeepsItsRule() {
        assertThat(ProfileChange.of(Map.of("username", "Ann.Lee")).username()).isEqualTo("Ann.Lee");
        assertThat(ProfileChange.of(Map.of("bio", "x")).username()).isNull();
        for (Object name : new @Nullable Object[] {null, "", " ", 5, "ab", "a b", "a".repeat(31), "anna\n"}) {
            assertThat(complaints(Collections.singletonMap("username", name))).hasSize(1);
        }
    }

    @Test
    void allWrongFieldsAreNamedAtOnce() {
        FailureException refusal = catchThrowableOfType(
                FailureException.class,
                () -> ProfileChange.of(Map.of("username", "a", "bio", "x".repeat(501), "website", "x")));
        assertThat(((Failure.Invalid) refusal.failure()).violations())
                .extracting(Failure.Violation::field)
                .containsExactlyInAnyOrder("username", "bio", "website");
    }

    private static List<String> complaints(String field, Object value) {
        return complaints(Map.of(field, value));
    }

    private static List<String> complaints(Map<String, ? extends @Nullable Object> body) {
        List<String> complaints = new ArrayList<>();
        FailureException refusal = catchThrowableOfType(FailureException.class, () -> ProfileChange.of(body));
        if (refusal != null) {
            ((Failure.Invalid) refusal.failure())
                    .violations()
                    .forEach(violation -> complaints.add(violation.message()));
        }
        return complaints;
    }
}
