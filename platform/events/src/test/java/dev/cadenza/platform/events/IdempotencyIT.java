package dev.cadenza.platform.events;

import dev.cadenza.platform.testing.TestMongo;

class IdempotencyIT extends IdempotencyContract {

    @Override
    String mongoUri(String database) {
        return TestMongo.uri(database);
    }
}
