package dev.cadenza.analytics.api.audionova;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.analytics.play.CountStream;
import dev.cadenza.analytics.play.ErasePlays;
import dev.cadenza.analytics.play.ReportPlay;
import dev.cadenza.analytics.track.Track;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class HistoryControllerIT extends AnalyticsIT {

    private static final String HISTORY = "/api/playback-history/";

    private final User owner = User.named("owner");
    private final User ann = User.named("ann");
    private final User bob = User.named("bob");

    @Autowired
    private CountStream countStream;

    @Autowired
    private ReportPlay reportPlay;

    @Autowired
    private ErasePlays erasePlays;

    @ParameterizedTest
    @ValueSource(strings = {HISTORY, "/api/playback-history"})
    void answersAsDocumented(String path) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        play(track(owner, "Lo-fi Chill", true), ann, at);

        String history = history(ann, path);

        DocumentedJson.assertShape(history, """
                {"count": 1, "next": null, "previous": null, "results": [
                {"song": "Lo-fi Chill", "played_at": "2025-05-20T12:00:00Z"}]}""");
        assertThat(JsonPath.<String>read(history, "$.results[0].song")).isEqualTo("Lo-fi Chill");
        assertThat(Instant.parse(JsonPath.read(history, "$.results[0].played_at")))
                .isEqualTo(at);
    }

    @Test
    void aHistoryIsOnesOwnAndNewestFirst() {
        UUID first = track(owner, "First", true);
        UUID second = track(owner, "Second", true);
        Instant now = clock.instant();
        play(first, ann, now.minusSeconds(30));
        play(second, ann, now.minusSeconds(20));
        play(first, ann, now.minusSeconds(25));
        play(first, bob, now);
        play(first, null, now);
        reportPlay.report(second, bob.id(), 10.0, null).block();

        assertThat(songs(ann)).containsExactly("Second", "First", "First");
        assertThat(songs(bob)).containsExactlyInAnyOrder("First", "Second");
        assertThat(songs(owner)).isEmpty();
    }

    @Test
    void whatIsHeardTwiceAtOneMomentIsTwoRows() {
        UUID track = track(owner, "Twice", true);
        Instant now = clock.instant();
        play(track, ann, now);
        play(track, ann, now);

        assertThat(songs(ann)).containsExactly("Twice", "Twice");
    }

    @Test
    void aSongHasTheTitleThatItHasNow() {
        UUID track = track(owner, "Before", true);
        play(track, ann, clock.instant());
        store(track, "After", true, 2);

        assertThat(songs(ann)).containsExactly("After");
        // as copies were before titles were kept
        store(track, null, true, 3);
        assertThat(songs(ann)).containsExactly("");
    }

    @Test
    void whatOneMayNotSeeAnyMoreIsNeitherShownNorCounted() {
        UUID hidden = track(owner, "Hidden", true);
        UUID deleted = track(owner, "Deleted", true);
        UUID seen = track(owner, "Seen", true);
        Instant now = clock.instant();
        for (User user : List.of(ann, owner)) {
            play(seen, user, now.minusSeconds(3));
            play(hidden, user, now.minusSeconds(2));
            play(deleted, user, now.minusSeconds(1));
            play(Ids.next(), user, now);
        }
        store(hidden, "Hidden", false, 2);
        tracks.remove(deleted, 2).block();

        assertThat(songs(ann)).containsExactly("Seen");
        assertThat(songs(owner)).containsExactly("Hidden", "Seen");
        assertThat(JsonPath.<Integer>read(history(ann, HISTORY), "$.count")).isEqualTo(1);
        assertThat(JsonPath.<Integer>read(history(owner, HISTORY), "$.count")).isEqualTo(2);

        store(hidden, "Shown again", true, 3);
        assertThat(songs(ann)).containsExactly("Shown again", "Seen");
    }

    @Test
    void tenAPageAlsoWhereSomeAreNotShown() {
        List<UUID> seen = new ArrayList<>();
        UUID hidden = track(owner, "Hidden", false);
        Instant now = clock.instant();
        for (int i = 0; i < 21; i++) {
            seen.add(track(owner, "Song " + i, true));
            play(seen.getLast(), ann, now.minusSeconds(i));
            play(hidden, ann, now.minusSeconds(i));
        }

        String first = history(ann, HISTORY);
        String second = history(ann, path(JsonPath.read(first, "$.next")));
        String third = history(ann, path(JsonPath.read(second, "$.next")));

        assertThat(JsonPath.<Integer>read(first, "$.count")).isEqualTo(21);
        assertThat(JsonPath.<String>read(first, "$.next")).isEqualTo("http://localhost:8080" + HISTORY + "?page=2");
        assertThat(JsonPath.<@Nullable String>read(first, "$.previous")).isNull();
        assertThat(titles(first)).hasSize(10).startsWith("Song 0", "Song 1").endsWith("Song 9");
        assertThat(titles(second)).hasSize(10).startsWith("Song 10").endsWith("Song 19");
        assertThat(titles(third)).containsExactly("Song 20");
        assertThat(JsonPath.<@Nullable String>read(third, "$.next")).isNull();
        assertThat(JsonPath.<String>read(third, "$.previous")).isEqualTo("http://localhost:8080" + HISTORY + "?page=2");
        assertThat(history(ann, HISTORY + "?page=last")).isEqualTo(third);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "-1", "x", "999999999", "99999999999"})
    void whatIsNoPageIsNone(String page) {
        play(track(owner, true), ann, clock.instant());
        assertThat(body(as(ann).get()
                        .uri(HISTORY + "?page=" + page)
                        .exchange()
                        .expectStatus()
                        .isNotFound()))
                .isEqualTo("{\"detail\":\"Invalid page.\"}");
    }

    @Test
    void anEmptyHistoryIsAnEmptyPage() {
        assertThat(history(ann, HISTORY)).isEqualTo("{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}");
    }

    @Test
    void strangersHaveNoHistory() {
        assertThat(body(client.get().uri(HISTORY).exchange().expectStatus().isUnauthorized()))
                .isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
        as(ann).post().uri(HISTORY).exchange().expectStatus().isEqualTo(405);
    }

    @Test
    void nothingIsLeftOfTheHistoryOfADeletedAccount() {
        play(track(owner, true), ann, clock.instant());
        erasePlays.erase(ann.id()).block();
        assertThat(songs(ann)).isEmpty();
    }

    private void play(UUID track, @Nullable User who, Instant at) {
        countStream
                .count(Ids.next(), track, owner.id(), who == null ? null : who.id(), at)
                .block();
    }

    private void store(UUID track, @Nullable String title, boolean isPublic, long seq) {
        tracks.store(new Track(track, owner.id(), title, 100, isPublic), seq).block();
    }

    private String history(User user, String path) {
        return body(as(user).get().uri(path).exchange().expectStatus().isOk());
    }

    private List<String> songs(User user) {
        return titles(history(user, HISTORY));
    }

    private static List<String> titles(String page) {
        return JsonPath.read(page, "$.results[*].song");
    }

    private static String path(String address) {
        return address.substring("http://localhost:8080".length());
    }
}
