package dev.cadenza.generation.generation;

import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.generation.prompt.SongWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for; kept as it was, so that it can be asked for again.
 *
 * @param model name of the model
 * @param wish what is to be composed; its duration is always set
 * @param genre as lists show it: what was named, else what was understood
 * @param vocals whether singing was asked for
 * @param projectId of the client's own bookkeeping
 * @param callbackUrl where the client would like to hear of it
 * @param webhookEvents what of
 */
public record GenerationRequest(
        String model,
        SongWish wish,
        String genre,
        List<SongFormat> formats,
        Quality quality,
        boolean vocals,
        String description,
        List<String> tags,
        @Nullable String projectId,
        @Nullable String callbackUrl,
        List<String> webhookEvents) {

    public GenerationRequest {
        formats = List.copyOf(formats);
        tags = List.copyOf(tags);
        webhookEvents = List.copyOf(webhookEvents);
    }
}
