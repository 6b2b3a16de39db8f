package dev.cadenza.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.auth.secret.SecretSettings;
import dev.cadenza.auth.token.SigningKeyRing.SigningKey;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class KeepSigningKeysTests {

    private static final TokenSettings SETTINGS = new TokenSettings(
            "cadenza-internal",
            "cadenza",
            Duration.ofMinutes(2),
            Duration.ofDays(30),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(1));

    /** As the database: one write at a time. */
    private static final class Stored implements SigningKeys {

        private @Nullable SigningKeyRing ring;
        private @Nullable String unencrypted;
        private boolean away;

        @Override
        public Mono<SigningKeyRing> find() {
            return Mono.defer(() ->
                    away ? Mono.error(Failure.unavailable("store.unavailable", "Away.", 5)) : Mono.justOrEmpty(ring));
        }

        @Override
        public synchronized Mono<SigningKeyRing> insert(SigningKeyRing first) {
            if (ring == null) {
                ring = first;
            }
            return find();
        }

        @Override
        public Mono<SigningKeyRing> change(Function<SigningKeyRing, Change<SigningKeyRing, Void>> transition) {
            return Mono.fromSupplier(() -> {
                synchronized (this) {
                    SigningKeyRing next = transition.apply(ring()).state();
                    ring = next;
                    return next;
                }
            });
        }

        @Override
        public Mono<String> unencrypted() {
            return Mono.justOrEmpty(unencrypted);
        }

        @Override
        public Mono<Void> removeUnencrypted() {
            return Mono.fromRunnable(() -> unencrypted = null);
        }

        SigningKeyRing ring() {
            return Objects.requireNonNull(ring);
        }
    }

    private final Stored stored = new Stored();
    private final MovableClock clock = new MovableClock();

    private KeepSigningKeys instance() {
        return instance("one secret of at least 32 characters");
    }

    private KeepSigningKeys instance(String secret) {
        return new KeepSigningKeys(stored, new Sealing(new SecretSettings(secret)), SETTINGS, clock);
    }

    private static List<String> published(KeepSigningKeys keys) {
        return Objects.requireNonNull(keys.published().block()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private static String current(KeepSigningKeys keys) {
        return Objects.requireNonNull(keys.current().block()).getKeyID();
    }

    @Test
    void manyInstancesThatStartTogetherHaveOneKey() {
        List<String> keys = Objects.requireNonNull(Flux.range(0, 8)
                .flatMap(i -> Mono.fromCallable(() -> current(instance())).subscribeOn(Schedulers.boundedElastic()), 8)
                .collectList()
                .block());
        assertThat(keys).hasSize(8);
        assertThat(keys.stream().distinct()).hasSize(1);
        assertThat(stored.ring().keys()).hasSize(1);
    }

    @Test
    void onlyThePublicHalfIsReadable() {
        KeepSigningKeys keys = instance();
        assertThat(current(keys)).matches("sig_[0-9a-f]{16}");
        SigningKey key = stored.ring().keys().getFirst();
        assertThat(key.published()).contains("\"x\"").doesNotContain("\"d\"");
        assertThat(key.sealed()).doesNotContain("{");
        assertThat(Objects.requireNonNull(keys.published().block()).getKeys()).noneMatch(JWK::isPrivate);
    }

    @Test
    void anOldKeyGetsASuccessorThatEverybodyKnowsBeforeItSignsAndStaysForAWhile() {
        KeepSigningKeys one = instance();
        KeepSigningKeys two = instance();
        String first = current(one);
        assertThat(current(two)).isEqualTo(first);

        clock.advance(Duration.ofDays(30));
        Mono.zip(
                        one.keep().subscribeOn(Schedulers.boundedElastic()).thenReturn(1),
                        two.keep().subscribeOn(Schedulers.boundedElastic()).thenReturn(1))
                .block();
        one.keep().block();
        two.keep().block();
        assertThat(stored.ring().keys()).hasSize(2);
        String second = stored.ring().keys().getLast().id();
        for (KeepSigningKeys instance : List.of(one, two)) {
            assertThat(published(instance)).containsExactly(first, second);
            assertThat(current(instance)).isEqualTo(first);
        }

        clock.advance(Duration.ofMinutes(10));
        for (KeepSigningKeys instance : List.of(one, two)) {
            assertThat(current(instance)).isEqualTo(second);
            assertThat(published(instance)).containsExactly(first, second);
        }

        clock.advance(Duration.ofDays(30));
        one.keep().block();
        assertThat(published(one)).hasSize(2).startsWith(second).doesNotContain(first);
        assertThat(current(one)).isEqualTo(second);
    }

    @Test
    void theUnencryptedKeyOfEarlierVersionsIsTakenOver() throws Exception {
        stored.unencrypted =
                new ECKeyGenerator(Curve.P_256).keyID("key_of_old").generate().toJSONString();
        KeepSigningKeys keys = instance();
        assertThat(current(keys)).isEqualTo("key_of_old");
        assertThat(stored.unencrypted).isNull();
        assertThat(stored.ring().keys().getFirst().sealed()).doesNotContain("{");
    }

    @Test
    void anInterruptedTakeOverIsFinishedAtTheNextStart() {
        String id = current(instance());
        stored.unencrypted = "left behind by a kill between both steps";
        assertThat(current(instance())).isEqualTo(id);
        assertThat(stored.unencrypted).isNull();
    }

    @Test
    void underAnotherSecretANewKeyIsMadeAndTheOldOneStaysPublished() {
        KeepSigningKeys before = instance();
        String first = current(before);
        KeepSigningKeys after = instance("another secret of at least 32 characters");
        String second = current(after);
        assertThat(second).isNotEqualTo(first);
        before.keep().block();
        after.keep().block();
        assertThat(stored.ring().keys()).hasSize(2);
        // both go on, as while instances are replaced one by one
        assertThat(current(before)).isEqualTo(first);
        assertThat(current(after)).isEqualTo(second);
        assertThat(published(before)).containsExactly(first, second);
    }

    @Test
    void whatIsKnownIsKeptWhileTheDatabaseIsAway() {
        stored.away = true;
        KeepSigningKeys keys = instance();
        assertThatThrownBy(() -> keys.published().block())
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("store.unavailable");
        stored.away = false;
        String id = current(keys);
        stored.away = true;
        assertThatThrownBy(() -> keys.keep().block()).isInstanceOf(FailureException.class);
        assertThat(current(keys)).isEqualTo(id);
        assertThat(published(keys)).containsExactly(id);
    }
}
