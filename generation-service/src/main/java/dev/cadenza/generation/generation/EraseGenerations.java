package dev.cadenza.generation.generation;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * An account is gone: its generations go, their jobs are called off, their songs are removed. Bytes that a crash or a
 * worker leaves are swept.
 */
@Component
public final class EraseGenerations implements PersonalData {

    private final Generations generations;
    private final SongFiles files;

    EraseGenerations(Generations generations, SongFiles files) {
        this.generations = generations;
        this.files = files;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return generations
                .removeAllOf(account, new GenerationEvent.Erased())
                .concatMap(files::deleteAllOf, 1)
                .then();
    }
}
