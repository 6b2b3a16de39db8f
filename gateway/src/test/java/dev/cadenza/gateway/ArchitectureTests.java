package dev.cadenza.gateway;

import dev.cadenza.platform.testing.structure.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void nothingBlocksAnEventLoop() {
        ArchitectureRules.checkWithoutLayers("dev.cadenza.gateway");
    }
}
