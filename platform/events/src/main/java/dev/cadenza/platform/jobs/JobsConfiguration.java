package dev.cadenza.platform.jobs;

import dev.cadenza.platform.events.Bell;
import dev.cadenza.platform.events.EventSender;
import dev.cadenza.platform.events.KafkaConfiguration;
import dev.cadenza.platform.events.StoreConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

/** The job queue of a service that names it ({@code cadenza.jobs.service}), by role. */
@AutoConfiguration(after = {KafkaConfiguration.class, StoreConfiguration.class})
@ConditionalOnProperty("cadenza.jobs.service")
@EnableConfigurationProperties(JobSettings.class)
public class JobsConfiguration {

    @Bean
    NewTopic jobsTopic(JobSettings settings) {
        return JobTopics.of(settings).get(0);
    }

    @Bean
    NewTopic jobProgressTopic(JobSettings settings) {
        return JobTopics.of(settings).get(1);
    }

    @Bean
    NewTopic jobControlTopic(JobSettings settings) {
        return JobTopics.of(settings).get(2);
    }

    @Bean
    NewTopic jobDeadLetterTopic(JobSettings settings) {
        return JobTopics.of(settings).get(3);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
    @ConditionalOnBean(JobSource.class)
    static class ApiConfiguration {

        /** Rings where there is a job to release, or room for one. */
        @Bean
        Bell jobBell() {
            return new Bell();
        }

        @Bean
        Hearing jobHearing(Clock clock) {
            return new Hearing(clock);
        }

        @Bean
        JobQueue jobQueue(
                ObjectProvider<JobSource<?, ?>> sources,
                JobSettings settings,
                Clock clock,
                ObjectProvider<MeterRegistry> metrics,
                Bell jobBell) {
            return new JobQueue(
                    sources.orderedStream().toList(),
                    settings,
                    clock,
                    metrics.getIfAvailable(SimpleMeterRegistry::new),
                    jobBell::ring);
        }

        @Bean
        JobReleaser jobReleaser(JobQueue queue, JobSettings settings, Clock clock, Bell jobBell, Hearing hearing) {
            return new JobReleaser(queue, settings, clock, jobBell, hearing);
        }

        @Bean
        JobReports jobReports(
                JobQueue queue,
                JobObjects objects,
                EventSender sender,
                JobSettings settings,
                ObjectProvider<MeterRegistry> metrics,
                Clock clock,
                Hearing hearing) {
            return new JobReports(
                    queue, objects, sender, settings, metrics.getIfAvailable(SimpleMeterRegistry::new), clock, hearing);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "cadenza.role", havingValue = "worker")
    static class WorkerConfiguration {

        @Bean
        JobWorker jobWorker(
                JobSettings settings,
                ObjectProvider<JobHandler> handlers,
                EventSender sender,
                KafkaTemplate<String, byte[]> eventTemplate,
                ConsumerFactory<String, byte[]> eventConsumerFactory,
                KafkaAdmin admin,
                ObjectProvider<MeterRegistry> metrics,
                ObjectProvider<Clock> clock) {
            return new JobWorker(
                    settings,
                    handlers.orderedStream().toList(),
                    sender,
                    eventTemplate,
                    eventConsumerFactory.getConfigurationProperties(),
                    admin.getConfigurationProperties(),
                    metrics.getIfAvailable(SimpleMeterRegistry::new),
                    clock.getIfAvailable(Clock::systemUTC));
        }
    }
}
