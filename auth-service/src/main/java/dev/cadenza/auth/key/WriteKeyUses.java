package dev.cadenza.auth.key;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes when keys were last used; beside the requests, which never wait for it. */
@Component
public class WriteKeyUses {

    private static final Logger LOG = LoggerFactory.getLogger(WriteKeyUses.class);

    private final KeyRings rings;
    private final KeySettings settings;
    private final ConcurrentMap<Used, ApiKey.Use> unwritten = new ConcurrentHashMap<>();

    private record Used(UUID account, String key) {}

    WriteKeyUses(KeyRings rings, KeySettings settings) {
        this.rings = rings;
        this.settings = settings;
    }

    /** To be written in the next round. */
    void note(UUID account, String key, ApiKey.Use use) {
        unwritten.put(new Used(account, key), use);
    }

    /** Writes what was noted. */
    public Mono<Void> write() {
        return Flux.defer(() -> Flux.fromIterable(unwritten.keySet()))
                .concatMap(used -> {
                    ApiKey.Use use = unwritten.remove(used);
                    return use == null
                            ? Mono.empty()
                            : rings.change(used.account(), ring -> ring.used(used.key(), use, settings.usePause()))
                                    .onErrorResume(error -> {
                                        LOG.debug("a use of {} is not written: {}", used.key(), error.toString());
                                        return Mono.empty();
                                    });
                })
                .then();
    }
}
