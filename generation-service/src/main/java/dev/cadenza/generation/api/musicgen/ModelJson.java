package dev.cadenza.generation.api.musicgen;

import dev.cadenza.generation.model.ModelDescription;
import dev.cadenza.generation.model.Models;
import java.util.List;

/** Bodies about models. */
final class ModelJson {

    private ModelJson() {}

    record Listing(List<Model> models, int totalModels) {

        static Listing all() {
            List<Model> models = Models.all().stream().map(Model::of).toList();
            return new Listing(models, models.size());
        }
    }

    record Model(
            String modelId,
            String name,
            String version,
            String description,
            boolean isDefault,
            List<String> aliases,
            Capabilities capabilities) {

        static Model of(ModelDescription model) {
            return new Model(
                    model.name(),
                    model.title(),
                    model.version(),
                    model.description(),
                    model.equals(Models.all().getFirst()),
                    model.aliases(),
                    new Capabilities(
                            model.genres(),
                            model.formats(),
                            model.qualities(),
                            model.vocals(),
                            model.seeds(),
                            new Range(model.minSeconds(), model.maxSeconds()),
                            new Range(model.minTempo(), model.maxTempo())));
        }
    }

    record Capabilities(
            List<String> genres,
            List<String> outputFormats,
            List<String> audioQualities,
            boolean vocals,
            boolean seed,
            Range duration,
            Range tempo) {}

    record Range(int min, int max) {}
}
