package dev.cadenza.auth.key;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows a key. */
@Component
public class ShowKey {

    private final KeyRings rings;

    ShowKey(KeyRings rings) {
        this.rings = rings;
    }

    /** A key of this account. */
    public Mono<ApiKey> show(UUID account, String id) {
        return rings.find(account)
                .map(ring -> ring.required(id))
                .switchIfEmpty(Mono.error(KeyRing.UNKNOWN::asException));
    }
}
