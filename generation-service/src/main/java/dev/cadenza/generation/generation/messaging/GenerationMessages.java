package dev.cadenza.generation.generation.messaging;

import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationEvent;
import dev.cadenza.generation.generation.GenerationStatus;
import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.events.EventMessage;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What generations tell others. */
@Configuration(proxyBeanMethods = false)
class GenerationMessages {

    @Bean
    BiFunction<Versioned<Generation>, GenerationEvent, EventMessage> generationTranslator() {
        return (generation, event) -> new EventMessage(
                type(event),
                1,
                event instanceof GenerationEvent.Erased ? withoutWords(snapshot(generation)) : snapshot(generation));
    }

    private static String type(GenerationEvent event) {
        return switch (event) {
            case GenerationEvent.Queued e -> "generation.generation.queued";
            case GenerationEvent.Started e -> "generation.generation.started";
            case GenerationEvent.Completed e -> "generation.generation.completed";
            case GenerationEvent.Failed e -> "generation.generation.failed";
            case GenerationEvent.Cancelled e -> "generation.generation.cancelled";
            case GenerationEvent.Erased e -> "generation.generation.deleted";
        };
    }

    /** The last word about a generation stays on its topic for ever. */
    private static GenerationSnapshot withoutWords(GenerationSnapshot generation) {
        return new GenerationSnapshot(
                generation.generationId(),
                generation.publicId(),
                generation.trackId(),
                generation.ownerId(),
                "",
                "deleted",
                generation.progress(),
                generation.durationSeconds(),
                generation.formats(),
                generation.engine(),
                null,
                generation.createdAt(),
                generation.completedAt());
    }

    private static GenerationSnapshot snapshot(Versioned<Generation> generation) {
        Generation state = generation.state();
        Song song = state.song();
        JobError error = state.error();
        return new GenerationSnapshot(
                generation.id(),
                state.publicId(),
                song == null ? null : state.trackId(),
                state.ownerId(),
                state.request().wish().title(),
                state.status().word(),
                state.job().progress(),
                state.durationSeconds(),
                state.request().formats().stream().map(SongFormat::word).toList(),
                song == null ? null : song.engine() + " " + song.engineVersion(),
                error == null ? null : error.message(),
                state.createdAt(),
                state.status() == GenerationStatus.COMPLETED ? state.job().finishedAt() : null);
    }
}
