package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxIT extends OutboxContract {

    @Override
    String mongoUri(String database) {
        return TestMongo.uri(database);
    }

    @Override
    String bootstrapServers() {
        return TestKafka.bootstrapServers();
    }

    @Test
    void acceptsWritesWhileTheBrokerIsAwayAndPublishesThemLater() {
        UUID id = UUID.randomUUID();
        TestKafka.stop();
        try {
            Versioned<Account> account = get(accounts().insert(id, Account.opened("offline")));
            get(accounts().update(account, account.state().paid(1)));
            assertThat(get(accounts().find(id)).state().balance()).isEqualTo(1);
        } finally {
            TestKafka.start();
        }
        awaitDrained(id);
        assertThat(topics().about(topic(), id))
                .extracting(TopicReader.Seen::type)
                .containsSubsequence("test.account.opened", "test.account.paid");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> effects().offered.stream()
                        .filter(event -> event.aggregateId().equals(id))
                        .anyMatch(event -> event.type().equals("test.account.paid")));
    }

    @Test
    void startsWhileTheNameOfTheBrokerIsUnknown() {
        try (var lonely = startService("spring.kafka.bootstrap-servers=kafka.invalid:9092")) {
            assertThat(lonely.isRunning()).isTrue();
        }
    }
}
