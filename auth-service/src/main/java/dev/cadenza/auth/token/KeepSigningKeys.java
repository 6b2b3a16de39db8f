package dev.cadenza.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cadenza.auth.secret.Sealing;
import dev.cadenza.auth.token.SigningKeyRing.SigningKey;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes the signing keys, replaces them when they are old, and has them at hand. They are read once and then every now
 * and then, so that tokens can be checked while the database is away.
 */
@Component
public class KeepSigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KeepSigningKeys.class);
    private static final String PURPOSE = "signing-key";

    private final SigningKeys keys;
    private final Sealing sealing;
    private final TokenSettings settings;
    private final Clock clock;
    private final Mono<Known> first;
    private final Mono<Void> forgetUnencrypted;
    private volatile @Nullable Known known;

    /** A key that this instance can sign with. */
    private record Usable(ECKey key, Instant createdAt) {}

    /** Published keys, and those among them that this instance can sign with, the oldest first. */
    private record Known(JWKSet published, List<Usable> usable) {}

    KeepSigningKeys(SigningKeys keys, Sealing sealing, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.sealing = sealing;
        this.settings = settings;
        this.clock = clock;
        this.first = Mono.defer(this::load).cacheInvalidateIf(loaded -> false);
        this.forgetUnencrypted = Mono.defer(keys::removeUnencrypted)
                .thenReturn(true)
                .cacheInvalidateIf(done -> false)
                .then();
    }

    /** Looks for keys of other instances and makes a new one where it is time. */
    public Mono<Void> keep() {
        return Mono.defer(this::load).then();
    }

    /** The public halves of all keys that tokens may be signed with. */
    Mono<JWKSet> published() {
        return known().map(Known::published);
    }

    /** The key to sign with: the newest that everybody knows by now. */
    Mono<ECKey> current() {
        return known().map(keysAtHand -> {
            Instant youngest = clock.instant().minus(settings.activateAfter());
            return keysAtHand.usable().reversed().stream()
                    .filter(usable -> !usable.createdAt().isAfter(youngest))
                    .findFirst()
                    .orElse(keysAtHand.usable().getFirst())
                    .key();
        });
    }

    private Mono<Known> known() {
        return Mono.defer(() -> {
            Known atHand = known;
            return atHand == null ? first : Mono.just(atHand);
        });
    }

    private Mono<Known> load() {
        return keys.find()
                .switchIfEmpty(Mono.defer(this::begin))
                .flatMap(ring -> isSettled(ring) ? Mono.just(ring) : extend())
                .map(this::read)
                .doOnNext(read -> known = read)
                .flatMap(read -> forgetUnencrypted.thenReturn(read));
    }

    /** The key of an earlier version, or a new one. */
    private Mono<SigningKeyRing> begin() {
        return keys.unencrypted()
                .map(KeepSigningKeys::parse)
                .switchIfEmpty(Mono.fromSupplier(KeepSigningKeys::generate))
                .flatMap(key -> keys.insert(new SigningKeyRing(List.of(sealed(key, clock.instant())))));
    }

    private boolean isSettled(SigningKeyRing ring) {
        return !ring.isDue(clock.instant(), settings.rotateAfter())
                && ring.keys().stream().anyMatch(key -> open(key) != null);
    }

    private Mono<SigningKeyRing> extend() {
        return Mono.fromSupplier(KeepSigningKeys::generate).flatMap(made -> {
            Instant now = clock.instant();
            SigningKey next = sealed(made, now);
            return keys.change(ring -> isSettled(ring) ? Change.of(ring) : ring.with(next, now, settings))
                    .doOnNext(ring -> {
                        if (ring.keys().getLast().id().equals(next.id())) {
                            LOG.info("made the signing key {}", next.id());
                        }
                    });
        });
    }

    private Known read(SigningKeyRing ring) {
        List<JWK> published = new ArrayList<>();
        List<Usable> usable = new ArrayList<>();
        for (SigningKey key : ring.keys()) {
            published.add(parse(key.published()));
            ECKey opened = open(key);
            if (opened != null) {
                usable.add(new Usable(opened, key.createdAt()));
            } else if (known == null) {
                LOG.warn("the signing key {} was encrypted under another cadenza.auth.secret", key.id());
            }
        }
        return new Known(new JWKSet(published), List.copyOf(usable));
    }

    private SigningKey sealed(ECKey key, Instant now) {
        return new SigningKey(
                key.getKeyID(),
                key.toPublicJWK().toJSONString(),
                sealing.seal(PURPOSE, key.getKeyID(), key.toJSONString()),
                now);
    }

    private @Nullable ECKey open(SigningKey key) {
        return sealing.open(PURPOSE, key.id(), key.sealed())
                .map(KeepSigningKeys::parse)
                .orElse(null);
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException("a stored signing key cannot be read", e);
        }
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.publicId("sig"))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
