package dev.cadenza.generation.generation;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A song as the facts of a finished job, on both ends of the job queue. */
public final class SongFacts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SongFacts() {}

    /** As a worker reports it. */
    public static Map<String, Object> write(Song song) {
        return JSON.convertValue(song, new TypeReference<>() {});
    }

    /** As it was reported; throws {@link tools.jackson.core.JacksonException} where it is none. */
    public static Song read(Map<String, Object> facts) {
        return JSON.convertValue(facts, Song.class);
    }
}
