package dev.cadenza.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.TestS3;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@NullUnmarked // block() is nullable, and a test that meets null fails as it should
class StorageConfigurationTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StorageConfiguration.class));

    @Test
    void offersNoStoreWhereNoneIsNamed() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ObjectStore.class));
    }

    @Test
    void offersAStoreAndCreatesItsBucketInTheBackground() {
        application
                .withPropertyValues(
                        "cadenza.storage.endpoint=" + TestS3.endpoint(),
                        "cadenza.storage.access-key=" + TestS3.accessKey(),
                        "cadenza.storage.secret-key=" + TestS3.secretKey(),
                        "cadenza.storage.bucket=from-settings")
                .run(context -> {
                    assertThat(context).hasSingleBean(ObjectStore.class).hasSingleBean(BlockingObjectStore.class);
                    await().until(() -> context.getBean(ReactiveHealthIndicator.class)
                            .health()
                            .block()
                            .getStatus()
                            .equals(Status.UP));
                    assertThat(context.getBean(StorageSettings.class).toString())
                            .doesNotContain(TestS3.secretKey());
                });
    }

    @Test
    void startsWithoutTheStoreAndReportsItDown() {
        application
                .withPropertyValues(
                        "cadenza.storage.endpoint=http://127.0.0.1:1",
                        "cadenza.storage.access-key=a",
                        "cadenza.storage.secret-key=b")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ReactiveHealthIndicator.class)
                                    .health()
                                    .block()
                                    .getStatus())
                            .isEqualTo(Status.DOWN);
                });
    }

    @Test
    void refusesABucketNameThatNoServerTakes() {
        application
                .withPropertyValues(
                        "cadenza.storage.endpoint=http://127.0.0.1:1",
                        "cadenza.storage.access-key=a",
                        "cadenza.storage.secret-key=b",
                        "cadenza.storage.bucket=No Bucket")
                .run(context -> assertThat(context).hasFailed());
    }
}
