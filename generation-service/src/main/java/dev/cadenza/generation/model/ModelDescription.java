package dev.cadenza.generation.model;

import java.util.List;

/**
 * A model as clients see it.
 *
 * @param name how requests choose it
 * @param aliases other names for it
 * @param vocals whether it sings
 * @param minSeconds shortest song
 * @param maxSeconds longest song
 */
public record ModelDescription(
        String name,
        String version,
        String title,
        String description,
        List<String> aliases,
        List<String> genres,
        List<String> formats,
        List<String> qualities,
        boolean vocals,
        boolean seeds,
        int minSeconds,
        int maxSeconds,
        int minTempo,
        int maxTempo) {

    public ModelDescription {
        aliases = List.copyOf(aliases);
        genres = List.copyOf(genres);
        formats = List.copyOf(formats);
        qualities = List.copyOf(qualities);
    }
}
