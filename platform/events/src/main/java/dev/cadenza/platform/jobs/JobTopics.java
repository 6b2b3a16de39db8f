package dev.cadenza.platform.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a job queue. */
final class JobTopics {

    private JobTopics() {}

    static List<NewTopic> of(JobSettings settings) {
        return List.of(
                // One partition: the broker spreads the partitions of a share group over its members, so that with
                // several a job would wait for the one member that its partition went to, even where that member is
                // dead
                topic(settings.jobsTopic(), 1, Duration.ofDays(30)),
                topic(settings.progressTopic(), 3, Duration.ofDays(7)),
                topic(settings.controlTopic(), 1, Duration.ofDays(7)),
                topic(settings.deadLetterTopic(), 1, Duration.ofDays(90)));
    }

    private static NewTopic topic(String name, int partitions, Duration retention) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
    }
}
