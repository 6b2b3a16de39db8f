package dev.cadenza.processing.separate.torchscript;

import dev.cadenza.processing.separate.Resampler;
import dev.cadenza.processing.separate.Separator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator's models. */
public final class TorchScriptModels {

    private final ModelSettings settings;
    private final Resampler resampler;

    /** Looks into the folder of the settings when it is asked. */
    public TorchScriptModels(ModelSettings settings, Resampler resampler) {
        this.settings = settings;
        this.resampler = resampler;
    }

    /** The models' names. */
    public List<String> names() throws IOException {
        return manifests().stream().map(ModelManifest::name).toList();
    }

    /**
     * The engine of this name, its file verified; empty where no manifest has the name.
     *
     * @throws IOException with a message for the operator
     */
    public Optional<Separator> find(String name) throws IOException {
        List<ModelManifest> found =
                manifests().stream().filter(m -> m.name().equals(name)).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw new IOException("two models are named " + name);
        }
        found.getFirst().verify();
        return Optional.of(new TorchScriptSeparator(found.getFirst(), settings, resampler));
    }

    private List<ModelManifest> manifests() throws IOException {
        Path directory = settings.directory();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        List<ModelManifest> manifests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.sorted().toList()) {
                Path manifest = folder.resolve(ModelManifest.FILE);
                if (Files.isRegularFile(manifest) && ModelManifest.isForSeparation(manifest)) {
                    manifests.add(ModelManifest.of(manifest));
                }
            }
        }
        return manifests;
    }
}
