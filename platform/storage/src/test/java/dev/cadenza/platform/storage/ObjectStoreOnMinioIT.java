package dev.cadenza.platform.storage;

import dev.cadenza.platform.testing.TestS3;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.containers.MinIOContainer;

/** The same on a MinIO server, where Docker is. */
@Tag("containers")
class ObjectStoreOnMinioIT extends ObjectStoreIT {

    private final MinIOContainer minio = new MinIOContainer("minio/minio:RELEASE.2025-04-22T22-12-26Z")
            .withUserName(TestS3.accessKey())
            .withPassword(TestS3.secretKey());

    @Override
    StorageSettings settings() {
        minio.start();
        return settings(URI.create(minio.getS3URL()));
    }

    @AfterAll
    void stop() {
        minio.stop();
    }
}
