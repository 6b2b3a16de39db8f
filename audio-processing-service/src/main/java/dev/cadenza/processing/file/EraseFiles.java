package dev.cadenza.processing.file;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * An account is gone: its files go, their jobs are called off, their bytes and results are removed. What a crash or a
 * worker leaves is swept.
 */
@Component
public final class EraseFiles implements PersonalData {

    private final ProcessingFiles files;
    private final FileObjects objects;

    EraseFiles(ProcessingFiles files, FileObjects objects) {
        this.files = files;
        this.objects = objects;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return files.removeAllOf(account, new ProcessingFileEvent.Erased())
                .concatMap(objects::delete, 1)
                .then();
    }
}
