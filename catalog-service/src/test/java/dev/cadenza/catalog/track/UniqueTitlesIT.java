package dev.cadenza.catalog.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

@CatalogIntegrationTest
class UniqueTitlesIT {

    @Autowired
    UniqueTitles titles;

    @Autowired
    TitleClaims claims;

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

    @Test
    void aClaimOfAProcessThatDiedEnds() {
        Instant now = Instant.parse("2026-01-01T12:00:00Z");
        Instant end = now.plus(Duration.ofMinutes(2));
        assertThat(claims.take(owner, "Song", now, end).block()).isTrue();
        assertThat(claims.take(owner, "Song", now.plusSeconds(119), end.plusSeconds(119))
                        .block())
                .isFalse();
        assertThat(claims.take(owner, "Song", end, end.plusSeconds(120)).block())
                .isTrue();
        // the one who is late does not end what is another's
        claims.release(owner, "Song", end).block();
        assertThat(claims.take(owner, "Song", end, end.plusSeconds(121)).block())
                .isFalse();
        claims.release(owner, "Song", end.plusSeconds(120)).block();
        assertThat(claims.take(owner, "Song", end, end.plusSeconds(121)).block())
                .isTrue();
    }
}
