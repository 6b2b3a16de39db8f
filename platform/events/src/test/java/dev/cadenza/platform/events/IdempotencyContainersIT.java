package dev.cadenza.platform.events;

import org.junit.jupiter.api.Tag;
import org.testcontainers.mongodb.MongoDBContainer;

/** The same promises on the real server; needs Docker. */
@Tag("containers")
class IdempotencyContainersIT extends IdempotencyContract {

    static final MongoDBContainer MONGO = new MongoDBContainer("mongo:8");

    @Override
    String mongoUri(String database) {
        MONGO.start();
        return MONGO.getReplicaSetUrl(database);
    }
}
