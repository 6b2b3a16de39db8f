package dev.cadenza.platform.events;

import org.junit.jupiter.api.Tag;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/** The same promises on the real servers; needs Docker. */
@Tag("containers")
class OutboxContainersIT extends OutboxContract {

    static final MongoDBContainer MONGO = new MongoDBContainer("mongo:8");

    static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1");

    @Override
    String mongoUri(String database) {
        MONGO.start();
        return MONGO.getReplicaSetUrl(database);
    }

    @Override
    String bootstrapServers() {
        KAFKA.start();
        return KAFKA.getBootstrapServers();
    }
}
