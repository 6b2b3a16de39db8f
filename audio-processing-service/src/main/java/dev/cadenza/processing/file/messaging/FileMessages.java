package dev.cadenza.processing.file.messaging;

import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.ProcessingFileEvent;
import dev.cadenza.processing.file.Separation;
import java.util.Locale;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What files tell others. */
@Configuration(proxyBeanMethods = false)
class FileMessages {

    @Bean
    BiFunction<Versioned<ProcessingFile>, ProcessingFileEvent, EventMessage> fileTranslator() {
        return (file, event) -> new EventMessage(type(event), 1, snapshot(file, event));
    }

    private static String type(ProcessingFileEvent event) {
        return switch (event) {
            case ProcessingFileEvent.Uploaded e -> "processing.file.uploaded";
            case ProcessingFileEvent.Started e -> "processing.file.started";
            case ProcessingFileEvent.Completed e -> "processing.file.completed";
            case ProcessingFileEvent.Failed e -> "processing.file.failed";
            case ProcessingFileEvent.Deleted e -> "processing.file.deleted";
            case ProcessingFileEvent.Erased e -> "processing.file.deleted";
        };
    }

    private static ProcessingFileSnapshot snapshot(Versioned<ProcessingFile> file, ProcessingFileEvent event) {
        ProcessingFile state = file.state();
        Separation separation = state.separation();
        boolean erased = event instanceof ProcessingFileEvent.Erased;
        return new ProcessingFileSnapshot(
                file.id(),
                file.requireNumber(),
                state.ownerId(),
                state.task().word(),
                // the last word about a file stays on its topic for ever
                erased ? "" : state.filename(),
                erased || event instanceof ProcessingFileEvent.Deleted
                        ? "deleted"
                        : state.status().name().toLowerCase(Locale.ROOT),
                state.job().progress(),
                separation == null ? null : separation.engine() + " " + separation.engineVersion(),
                erased ? null : state.errorMessage(),
                state.uploadedAt(),
                state.processedAt());
    }
}
