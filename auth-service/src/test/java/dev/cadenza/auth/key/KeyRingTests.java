package dev.cadenza.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.auth.key.KeyEvent.Audited;
import dev.cadenza.auth.key.KeyEvent.Revoked;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRingTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.750Z");
    private static final Instant CUT = Instant.parse("2026-05-01T12:00:01Z");
    private static final KeySecret SECRET = KeySecret.next();

    private static ApiKey key(String id, KeySecret secret, @Nullable Instant expiresAt) {
        return new ApiKey(
                id,
                "name of " + id,
                List.of("tracks:read"),
                600,
                secret.prefix(),
                secret.hash(),
                null,
                NOW,
                expiresAt,
                null,
                null);
    }

    private static KeyRing ring(ApiKey... keys) {
        return new KeyRing(List.of(keys));
    }

    @Test
    void aKeyIsOpenedByItsSecretUntilItExpires() {
        KeyRing ring = ring(key("key_1", SECRET, NOW.plusSeconds(60)));
        assertThat(ring.openedBy(SECRET, NOW.plusSeconds(59))).isPresent();
        assertThat(ring.openedBy(SECRET, NOW.plusSeconds(60))).isEmpty();
        assertThat(ring.openedBy(KeySecret.next(), NOW)).isEmpty();
    }

    @Test
    void thereAreNeverMoreThanAllowedAndEndedOnesDoNotCount() {
        KeyRing ring = ring(key("key_1", SECRET, null), key("key_2", SECRET, NOW.minusSeconds(1)));
        KeyRing full = ring.with(key("key_3", SECRET, null), 2, NOW).state();
        assertThatThrownBy(() -> full.with(key("key_4", SECRET, null), 2, NOW))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("api_key.too_many");
        KeyRing revoked = full.revoked("key_1", NOW).state();
        assertThat(revoked.with(key("key_4", SECRET, null), 2, NOW).state().keys())
                .hasSize(4);
    }

    @Test
    void revokingIsToldOnce() {
        Change<KeyRing, KeyEvent> revoked = ring(key("key_1", SECRET, null)).revoked("key_1", NOW);
        assertThat(revoked.events())
                .hasSize(2)
                .anyMatch(event -> event instanceof Audited audited
                        && audited.action().equals("api_key.revoked")
                        && audited.key().equals("key_1"))
                .anyMatch(event -> event instanceof Revoked it && it.issuedBefore() == null);
        assertThat(revoked.state().openedBy(SECRET, NOW)).isEmpty();
        assertThat(revoked.state().revoked("key_1", NOW.plusSeconds(9))).isEqualTo(Change.of(revoked.state()));
        assertThatThrownBy(() -> revoked.state().revoked("key_2", NOW)).isInstanceOf(FailureException.class);
    }

    @Test
    void allAreRevokedTogether() {
        KeyRing ring =
                ring(key("key_1", SECRET, null), key("key_2", SECRET, null), key("key_3", SECRET, NOW.minusSeconds(1)));
        Change<KeyRing, KeyEvent> revoked = ring.allRevoked(NOW);
        assertThat(revoked.events()).filteredOn(Revoked.class::isInstance).hasSize(2);
        assertThat(revoked.state().keys()).noneMatch(key -> key.status(NOW) == ApiKey.Status.ACTIVE);
        assertThat(revoked.state().allRevoked(NOW).events()).isEmpty();
    }

    @Test
    void rotatingAtOnceEndsTheOldSecretAndItsTokensButNotThoseOfTheNewOne() {
        KeySecret next = KeySecret.next();
        Change<KeyRing, KeyEvent> rotated =
                ring(key("key_1", SECRET, null)).rotated("key_1", next, Duration.ZERO, CUT, NOW);
        assertThat(rotated.state().openedBy(SECRET, NOW)).isEmpty();
        assertThat(rotated.state().openedBy(next, NOW)).isPresent();
        assertThat(rotated.events())
                .filteredOn(Revoked.class::isInstance)
                .singleElement()
                .isEqualTo(new Revoked("key_1", CUT, NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void rotatingWithGraceLeavesTheOldSecretForAWhile() {
        KeySecret next = KeySecret.next();
        Change<KeyRing, KeyEvent> rotated =
                ring(key("key_1", SECRET, null)).rotated("key_1", next, Duration.ofMinutes(5), CUT, NOW);
        assertThat(rotated.events()).noneMatch(Revoked.class::isInstance);
        assertThat(rotated.state().openedBy(SECRET, NOW.plusSeconds(299))).isPresent();
        assertThat(rotated.state().openedBy(SECRET, NOW.plusSeconds(300))).isEmpty();
        assertThat(rotated.state().openedBy(next, NOW.plusSeconds(300))).isPresent();

        // of three secrets the oldest stops, whatever it was promised
        KeySecret third = KeySecret.next();
        Change<KeyRing, KeyEvent> again = rotated.state().rotated("key_1", third, Duration.ofMinutes(5), CUT, NOW);
        assertThat(again.state().openedBy(SECRET, NOW)).isEmpty();
        assertThat(again.state().openedBy(next, NOW)).isPresent();
        assertThat(again.state().openedBy(third, NOW)).isPresent();
        assertThat(again.state().revoked("key_1", NOW).state().openedBy(next, NOW))
                .isEmpty();
    }

    @Test
    void whatHasEndedIsNotRotated() {
        KeyRing ring = ring(key("key_1", SECRET, NOW));
        assertThatThrownBy(() -> ring.rotated("key_1", KeySecret.next(), Duration.ZERO, CUT, NOW))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("api_key.not_active");
    }

    @Test
    void aUseCountsOnceInAWhile() {
        KeyRing ring = ring(key("key_1", SECRET, null));
        ApiKey.Use first = new ApiKey.Use(NOW, "192.0.2.1");
        KeyRing used = ring.used("key_1", first, Duration.ofMinutes(1)).state();
        assertThat(used.required("key_1").lastUse()).isEqualTo(first);
        assertThat(used.used("key_1", new ApiKey.Use(NOW.plusSeconds(59), "192.0.2.2"), Duration.ofMinutes(1))
                        .state())
                .isEqualTo(used);
        assertThat(used.used("key_1", new ApiKey.Use(NOW.plusSeconds(60), "192.0.2.2"), Duration.ofMinutes(1))
                        .state()
                        .required("key_1")
                        .lastUse())
                .isEqualTo(new ApiKey.Use(NOW.plusSeconds(60), "192.0.2.2"));
        assertThat(used.used("key_9", first, Duration.ZERO).state()).isEqualTo(used);
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        KeyRing ring = ring(
                        key("key_1", SECRET, null),
                        key("key_2", SECRET, NOW.minusSeconds(10)),
                        key("key_3", SECRET, NOW.plusSeconds(10)),
                        key("key_4", SECRET, null))
                .revoked("key_4", NOW.minusSeconds(10))
                .state();
        assertThat(ring.swept(NOW).state().keys()).extracting(ApiKey::id).containsExactly("key_1", "key_3");
    }

    @Test
    void endedOnesDoNotPileUp() {
        KeyRing ring = KeyRing.EMPTY;
        for (int i : IntStream.range(0, 60).toArray()) {
            ring = ring.with(key("key_" + i, SECRET, null), 2, NOW).state();
            ring = ring.revoked("key_" + i, NOW).state();
        }
        assertThat(ring.keys()).hasSize(50);
        assertThat(ring.keys().getLast().id()).isEqualTo("key_59");
    }
}
