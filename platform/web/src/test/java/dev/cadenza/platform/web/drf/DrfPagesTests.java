package dev.cadenza.platform.web.drf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Page;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

class DrfPagesTests {

    private final DrfPages pages = new DrfPages(URI.create("https://music.example"));

    @Test
    void aPageKnowsItsNeighboursByTheirPublicAddresses() {
        DrfPage<Integer> first = page("/api/songs/?genre=lo-fi%20x&a=%26", 25);
        assertThat(first.count()).isEqualTo(25);
        assertThat(first.results()).hasSize(10).startsWith(0);
        assertThat(first.previous()).isNull();
        assertThat(first.next()).isEqualTo("https://music.example/api/songs/?a=%26&genre=lo-fi+x&page=2");

        DrfPage<Integer> second = page("/api/songs/?page=2&genre=x", 25);
        assertThat(second.results()).hasSize(10).startsWith(10);
        assertThat(second.previous()).isEqualTo("https://music.example/api/songs/?genre=x");
        assertThat(second.next()).isEqualTo("https://music.example/api/songs/?genre=x&page=3");

        DrfPage<Integer> last = page("/api/songs/?page=last", 25);
        assertThat(last.results()).hasSize(5).startsWith(20);
        assertThat(last.next()).isNull();
        assertThat(last.previous()).isEqualTo("https://music.example/api/songs/?page=2");
    }

    @Test
    void anEmptyListHasOnePage() {
        assertThat(page("/api/songs", 0)).isEqualTo(new DrfPage<Integer>(0, null, null, java.util.List.of()));
        assertThat(page("/api/songs?page=", 0).results()).isEmpty();
        assertThat(page("/api/songs?page=last", 0).results()).isEmpty();
        assertThat(page("/api/songs?page=last", 10).results()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "4", "2.0", "two", "999999999", "99999999999999999999", "1%202"})
    void whatIsNoPageOfTheListIsNotThere(String word) {
        assertThatThrownBy(() -> page("/api/songs/?page=" + word, 25))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(error.failure().message()).isEqualTo("Invalid page."));
    }

    private DrfPage<Integer> page(String address, int total) {
        return pages.page(
                        MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://127.0.0.1:8082" + address))
                                .build(),
                        paging -> Mono.just(new Page<>(
                                IntStream.range(0, total)
                                        .boxed()
                                        .skip(paging.offset())
                                        .limit(paging.limit())
                                        .toList(),
                                total,
                                paging)))
                .blockOptional()
                .orElseThrow();
    }
}
