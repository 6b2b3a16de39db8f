package dev.cadenza.generation.generation;

import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.generation.prompt.SongWish;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a job says, on both ends of the queue.
 *
 * @param vocals whether singing was asked for
 */
public record ComposeParameters(
        String model, SongWish wish, List<SongFormat> formats, Quality quality, boolean vocals) {

    /** Kind of these jobs. */
    public static final String JOB_KIND = "generation.compose";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ComposeParameters {
        formats = List.copyOf(formats);
    }

    /** As it travels. */
    public static Map<String, Object> write(ComposeParameters parameters) {
        return JSON.convertValue(parameters, new TypeReference<>() {});
    }

    /** As it arrived; throws {@link tools.jackson.core.JacksonException} where it is none. */
    public static ComposeParameters read(JsonNode node) {
        return JSON.treeToValue(node, ComposeParameters.class);
    }
}
