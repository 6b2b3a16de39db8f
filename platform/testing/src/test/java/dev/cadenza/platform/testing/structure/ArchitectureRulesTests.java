package dev.cadenza.platform.testing.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rules that nothing can break are none: each is tried on a fixture that breaks it. */
class ArchitectureRulesTests {

    private static final String FIXTURE = "dev.cadenza.platform.testing.structure.fixture";

    @Test
    void acceptTheHouseLayout() {
        assertThat(ArchitectureRules.violations(FIXTURE + ".good", location -> true))
                .isEmpty();
    }

    @Test
    void nameEveryViolation() {
        assertThat(ArchitectureRules.violations(FIXTURE + ".bad", location -> true))
                .anySatisfy(text -> assertThat(text).contains("features are what the product is about"))
                .anySatisfy(text -> assertThat(text).contains("a dialect decodes, calls one use case and encodes"))
                .anySatisfy(text -> assertThat(text).contains("an event loop that waits serves nobody"))
                .anySatisfy(text -> assertThat(text).contains("not depend on each other"))
                .anySatisfy(
                        text -> assertThat(text).contains("without @NullMarked").contains("musewave"));
    }

    @Test
    void refuseAPackageThatHoldsNothing() {
        assertThatThrownBy(() -> ArchitectureRules.check(FIXTURE + ".absent")).isInstanceOf(AssertionError.class);
    }
}
