package dev.cadenza.platform.jobs;

import dev.cadenza.platform.testing.TestKafka;
import dev.cadenza.platform.testing.TestMongo;

class JobQueueIT extends JobQueueContract {

    @Override
    String mongoUri(String database) {
        return TestMongo.uri(database);
    }

    @Override
    String bootstrapServers() {
        return TestKafka.bootstrapServers();
    }

    @Override
    void restartBroker() {
        TestKafka.stop();
        TestKafka.start();
    }
}
