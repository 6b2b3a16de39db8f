package dev.cadenza.social;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.testing.structure.ArchitectureRules;
import dev.cadenza.platform.testing.structure.DialectRemoval;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void everyLayerKeepsToItself() {
        ArchitectureRules.check("dev.cadenza.social");
    }

    @Test
    void theRestCompilesWithoutAnyOneDialect() throws IOException {
        assertThat(DialectRemoval.compileWithoutEach("dev.cadenza.social")).isNotEmpty();
    }
}
