package dev.cadenza.auth.key;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows the keys of an account, those that ended lately among them. */
@Component
public class ListKeys {

    private final KeyRings rings;

    ListKeys(KeyRings rings) {
        this.rings = rings;
    }

    /** The newest first. */
    public Mono<List<ApiKey>> list(UUID account) {
        return rings.find(account).map(ring -> ring.keys().reversed()).defaultIfEmpty(List.of());
    }
}
