package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

@CatalogIntegrationTest
class UniqueTitlesIT {

    @Autowired
    UniqueTitles titles;

    private final UUID owner = Ids.next();

    @Test
    void aTitleIsFreeAgainWhenTheWorkEndsHoweverItEnds() {
        assertThat(titles.made(owner, "Song", Mono.just(1)).block()).isEqualTo(1);
        assertThat(titles.<Integer>made(owner, "Song", Mono.error(new IllegalStateException()))
                        .onErrorReturn(IllegalStateException.class, 2)
                        .block())
                .isEqualTo(2);
        assertThat(titles.made(owner, "Song", Mono.just(3)).block()).isEqualTo(3);
    }

    @Test
    void whileSomebodyGivesATitleNobodyElseDoes() {
        Mono<Integer> within = titles.made(owner, "Song", Mono.just(1))
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                        error -> Mono.just(0));
        assertThat(titles.made(owner, " Song ", within).block()).isZero();
        assertThat(titles.made(owner, "song", Mono.just(1)).block()).isEqualTo(1);
        assertThat(titles.made(Ids.next(), "Song", Mono.just(1)).block()).isEqualTo(1);
    }
}
