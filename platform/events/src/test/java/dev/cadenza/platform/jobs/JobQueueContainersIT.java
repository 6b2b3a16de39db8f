package dev.cadenza.platform.jobs;

import org.junit.jupiter.api.Tag;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/** The same promises on the real servers; needs Docker. */
@Tag("containers")
class JobQueueContainersIT extends JobQueueContract {

    static final MongoDBContainer MONGO = new MongoDBContainer("mongo:8");

    static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1")
            .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");

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
