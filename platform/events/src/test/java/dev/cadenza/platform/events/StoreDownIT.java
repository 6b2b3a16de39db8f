package dev.cadenza.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

class StoreDownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        AggregateCollection<Account, Account.Event> accounts(Aggregates aggregates) {
            return aggregates.collection(Account.definition("down.account.v1"));
        }
    }

    @Test
    @SuppressWarnings("unchecked") // beans by name have no type arguments
    void startsWithoutTheDatabaseAndIsReadyOnceItIsThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String uri = "mongodb://127.0.0.1:" + port + "/down?serverSelectionTimeoutMS=200&heartbeatFrequencyMS=500";
        try (ConfigurableApplicationContext service =
                EventsTestApplication.start(uri, "127.0.0.1:1", List.of(Service.class))) {
            ApplicationAvailability availability = service.getBean(ApplicationAvailability.class);
            AggregateCollection<Account, Account.Event> accounts =
                    service.getBean("accounts", AggregateCollection.class);
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertUnavailable(accounts.insert(UUID.randomUUID(), Account.opened("down")));
            assertUnavailable(accounts.find(UUID.randomUUID()));
            assertUnavailable(service.getBean(Inbox.class).once("x", UUID.randomUUID(), Mono.empty()));

            MongoServer server = new MongoServer(new MemoryBackend());
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try {
                await().atMost(PATIENCE)
                        .until(() -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
                assertThat(accounts.insert(UUID.randomUUID(), Account.opened("up"))
                                .block(PATIENCE))
                        .isNotNull();
            } finally {
                server.shutdownNow();
            }
        }
    }

    @Test
    void workersHaveNoDatabase() {
        try (ConfigurableApplicationContext worker = EventsTestApplication.start(
                "mongodb://127.0.0.1:1/none", "127.0.0.1:1", List.of(), "cadenza.role=worker")) {
            assertThat(worker.getBeansOfType(MongoClient.class)).isEmpty();
            assertThat(worker.getBeansOfType(Aggregates.class)).isEmpty();
            assertThat(worker.getBean(EventSender.class)).isNotNull();
        }
    }

    private static void assertUnavailable(Mono<?> call) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> call.block(PATIENCE))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.Unavailable.class));
    }
}
