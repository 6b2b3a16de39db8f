package dev.cadenza.analytics.play;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.analytics.AnalyticsIT;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.events.ErasedAccounts;
import dev.cadenza.platform.testing.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ErasePlaysIT extends AnalyticsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    private CountStream countStream;

    @Autowired
    private ReportPlay reportPlay;

    @Autowired
    private Plays plays;

    @Autowired
    private ErasePlays erasePlays;

    @Autowired
    private ErasedAccounts erased;

    @Autowired
    private MongoDatabase database;

    private final User owner = User.named("owner");
    private final User ann = User.named("ann");
    private final User bob = User.named("bob");

    @Test
    void thePlaysOfADeletedAccountAreNobodysAndStayCounted() {
        UUID track = track(owner, true);
        listen(track, ann);
        List<UUID> reported = new ArrayList<>();
        for (User user : List.of(ann, bob)) {
            reported.add(reportPlay
                    .report(track, user.id(), 90.0, user.username() + "'s phone")
                    .blockOptional()
                    .orElseThrow());
        }
        Published.account(bob.id(), "bob", "updated", 1);
        Published.account(ann.id(), "ann", "deleted", 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("plays", eq("fact.listenerId", ann.id())))
                        .isZero());
        Bson withDevice = and(in("_id", reported), exists("fact.device"));
        assertThat(count("listenings", withDevice)).isEqualTo(1);
        TrackStats stats = plays.stats(track).blockOptional().orElseThrow();
        assertThat(stats.totalPlays()).isEqualTo(2);
        assertThat(stats.uniqueListeners()).isEqualTo(1);
        assertThat(stats.averageSeconds()).isEqualTo(90);

        // the event of a stream that was heard before, and comes late
        assertThat(erased.contain(ann.id()).block()).isTrue();
        listen(track, ann);
        assertThat(plays.stats(track).blockOptional().orElseThrow().totalPlays())
                .isEqualTo(3);
        assertThat(count("plays", eq("fact.listenerId", ann.id()))).isZero();
    }

    @Test
    void erasesManyInSeveralSteps() {
        UUID track = track(owner, true);
        Flux.range(0, 600)
                .flatMap(i -> countStream.count(Ids.next(), track, owner.id(), ann.id(), clock.instant()), 16)
                .blockLast(PATIENCE);
        erasePlays.erase(ann.id()).block(PATIENCE);
        erasePlays.erase(ann.id()).block(PATIENCE);
        assertThat(count("plays", eq("fact.listenerId", ann.id()))).isZero();
        assertThat(count("plays", eq("fact.trackId", track))).isEqualTo(600);
    }

    private void listen(UUID track, User who) {
        countStream
                .count(Ids.next(), track, owner.id(), who.id(), clock.instant())
                .block();
    }

    private long count(String collection, Bson filter) {
        return Mono.from(database.getCollection(collection).countDocuments(filter))
                .blockOptional()
                .orElseThrow();
    }
}
