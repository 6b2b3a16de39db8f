package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.testing.structure.ArchitectureRules;
import dev.cadenza.platform.testing.structure.DialectRemoval;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void everyLayerKeepsToItself() {
        ArchitectureRules.check("dev.cadenza.generation");
    }

    @Test
    void theRestCompilesWithoutAnyOneDialect() throws IOException {
        assertThat(DialectRemoval.compileWithoutEach("dev.cadenza.generation")).containsExactly("musicgen");
    }
}
