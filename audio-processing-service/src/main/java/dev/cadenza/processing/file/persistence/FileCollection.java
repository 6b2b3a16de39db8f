package dev.cadenza.processing.file.persistence;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.ProcessingFileEvent;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where files are stored; the job queue looks into the same collection. */
@Configuration(proxyBeanMethods = false)
class FileCollection {

    static final String NAME = "processing_file";
    static final String OWNER = "state.ownerId";
    private static final String JOB_STATUS = "state.job.status";
    static final String UPLOADED = "state.uploadedAt";

    @Bean
    AggregateCollection<ProcessingFile, ProcessingFileEvent> fileAggregates(
            Aggregates aggregates,
            BiFunction<Versioned<ProcessingFile>, ProcessingFileEvent, EventMessage> fileTranslator) {
        return aggregates.collection(new AggregateDefinition<>(
                NAME,
                ProcessingFile.class,
                "processing.file.v1",
                true,
                fileTranslator,
                List.of(IndexSpec.on(OWNER, "-" + UPLOADED), IndexSpec.on(JOB_STATUS, UPLOADED))));
    }
}
