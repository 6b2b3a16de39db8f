package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTests {

    @ParameterizedTest
    @CsvSource({
        "'  Été  À  la Plage ', ete a la plage",
        "GRÖSSE, grosse",
        "Größe, grosse",
        "ﬁne, fine",
        "Ｆｕｌｌ, full",
        "İstanbul, istanbul"
    })
    void foldsCaseAccentsAndVariants(String text, String folded) {
        assertThat(SearchText.folded(text)).isEqualTo(folded);
    }

    @Test
    void splitsAQueryIntoItsFirstWords() {
        assertThat(SearchText.words("  Blue   blue MOON ")).containsExactly("blue", "moon");
        assertThat(SearchText.words("a b c d e f g h i j k l")).hasSize(10);
        assertThat(SearchText.words("  ")).isEmpty();
    }
}
