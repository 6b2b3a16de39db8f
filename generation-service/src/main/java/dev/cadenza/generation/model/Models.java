package dev.cadenza.generation.model;

import dev.cadenza.generation.compose.Style;
import dev.cadenza.generation.compose.Styles;
import java.util.List;
import java.util.Optional;

/** The models that can be asked for. */
public final class Models {

    /** The composer that comes with the build. */
    public static final ModelDescription COMPOSER = new ModelDescription(
            "cadenza-composer",
            "1.0.0",
            "Cadenza composer",
            "Composes by rules of form, harmony and rhythm, and plays with a SoundFont. Instrumental.",
            List.of("kie_v4"),
            Styles.all().stream().map(Style::name).toList(),
            List.of("wav", "mp3", "flac", "ogg", "midi"),
            List.of("low", "medium", "high", "studio"),
            false,
            true,
            30,
            600,
            40,
            240);

    private static final List<ModelDescription> ALL = List.of(COMPOSER);

    private Models() {}

    /** All, the default first. */
    public static List<ModelDescription> all() {
        return ALL;
    }

    /** A model by its name or one of its aliases. */
    public static Optional<ModelDescription> named(String name) {
        return ALL.stream()
                .filter(model -> model.name().equals(name) || model.aliases().contains(name))
                .findFirst();
    }
}
