package dev.cadenza.platform.events;

import dev.cadenza.platform.testing.TestMongo;

class CollectionsIT extends CollectionsContract {

    @Override
    String mongoUri(String database) {
        return TestMongo.uri(database);
    }
}
