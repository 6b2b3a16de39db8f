package dev.cadenza.auth.key;

import dev.cadenza.platform.core.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes an API key. */
@Component
public class CreateKey {

    private final KeyRings rings;
    private final KeySettings settings;
    private final Clock clock;

    CreateKey(KeyRings rings, KeySettings settings, Clock clock) {
        this.rings = rings;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes one for this account, whose owner has these roles. */
    public Mono<KeyWithSecret> create(UUID account, Collection<String> roles, KeyRequest request) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            KeyRequest.Checked checked = request.check(roles, settings, now);
            KeySecret secret = KeySecret.next();
            ApiKey key = new ApiKey(
                    Ids.publicId("key"),
                    checked.name(),
                    checked.scopes(),
                    checked.requestsPerMinute(),
                    secret.prefix(),
                    secret.hash(),
                    null,
                    now,
                    checked.expiresAt(),
                    null,
                    null);
            return rings.changeOrBegin(account, ring -> ring.with(key, settings.perAccount(), now))
                    .thenReturn(new KeyWithSecret(key, secret));
        });
    }
}
