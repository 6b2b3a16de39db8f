package dev.cadenza.auth.key;

import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the key that a secret opens, and remembers that it was used. */
@Component
public class OpenKey {

    private final KeyRings rings;
    private final WriteKeyUses uses;
    private final Clock clock;

    OpenKey(KeyRings rings, WriteKeyUses uses, Clock clock) {
        this.rings = rings;
        this.uses = uses;
        this.clock = clock;
    }

    /** A key and whose it is. */
    public record Opened(UUID account, ApiKey key) {}

    /** Empty where the text opens nothing: it is no secret, unknown, replaced, revoked or expired. */
    public Mono<Opened> open(String text, ClientOrigin origin) {
        return Mono.justOrEmpty(KeySecret.parse(text))
                .flatMap(secret -> rings.findBySecret(secret.hash()).flatMap(ring -> {
                    Instant now = clock.instant();
                    return Mono.justOrEmpty(ring.state().openedBy(secret, now))
                            .map(key -> new Opened(ring.id(), key))
                            .doOnNext(opened ->
                                    uses.note(opened.account(), opened.key().id(), new ApiKey.Use(now, origin.ip())));
                }));
    }
}
