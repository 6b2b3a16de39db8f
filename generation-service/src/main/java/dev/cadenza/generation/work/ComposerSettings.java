package dev.cadenza.generation.work;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The composer of a worker.
 *
 * @param soundFont an operator's own SoundFont 2 file ({@code .sf2}); where absent, the one that comes with the build
 * @param cacheDirectory where the one that comes with the build is unpacked (49 MB); where absent, a folder of this
 *     user's cache
 */
@ConfigurationProperties("cadenza.composer")
public record ComposerSettings(
        @Nullable Path soundFont, @Nullable Path cacheDirectory) {

    /** Where to unpack. */
    public Path cache() {
        if (cacheDirectory != null) {
            return cacheDirectory;
        }
        String home = System.getenv("XDG_CACHE_HOME");
        Path base = home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return base.resolve("cadenza");
    }
}
