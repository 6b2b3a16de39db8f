package dev.cadenza.platform.web.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTests {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 100",
        "bytes=10-19, 10, 10",
        "bytes=90-1000, 90, 10",
        "bytes=-1, 99, 1",
        "bytes=-1000, 0, 100",
        "BYTES=99-, 99, 1",
        "bytes= 5 - 6 , 5, 2"
    })
    void readsOneRange(String header, long offset, long length) {
        assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange.Wish.Part(new ByteRange(offset, length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void knowsWhatDoesNotExist(String header) {
        assertThat(ByteRange.parse(header, 100)).isInstanceOf(ByteRange.Wish.Unsatisfiable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=0-1,",
                "bytes=0-1,a-b",
                "bytes=0-5,5-6",
                "bytes=0-,-1",
                "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32",
                "items=0-1",
                "bytes=+1-2",
                "bytes=99999999999999999999-",
                "bytes=0x1-2"
            })
    void ignoresWhatNoPlayerMeans(String header) {
        assertThat(ByteRange.parse(header, 100)).isInstanceOf(ByteRange.Wish.Whole.class);
    }

    @Test
    void readsSeveralRangesInTheirOrder() {
        assertThat(ByteRange.parse("bytes=50-59, 0-9,-5,200-", 100))
                .isEqualTo(new ByteRange.Wish.Parts(
                        List.of(new ByteRange(50, 10), new ByteRange(0, 10), new ByteRange(95, 5))));
        assertThat(ByteRange.parse("bytes=200-,3-4", 100)).isEqualTo(new ByteRange.Wish.Part(new ByteRange(3, 2)));
        assertThat(ByteRange.parse("bytes=200-,300-", 100)).isInstanceOf(ByteRange.Wish.Unsatisfiable.class);
    }

    @Test
    void nothingOfAnEmptyFileExists() {
        assertThat(ByteRange.parse("bytes=0-", 0)).isInstanceOf(ByteRange.Wish.Unsatisfiable.class);
        assertThat(ByteRange.parse("bytes=-5", 0)).isInstanceOf(ByteRange.Wish.Unsatisfiable.class);
        assertThat(ByteRange.parse(null, 0)).isInstanceOf(ByteRange.Wish.Whole.class);
    }
}
