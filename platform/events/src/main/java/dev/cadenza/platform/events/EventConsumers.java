package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** Runs a consumer for every {@link EventHandler}: one record after the other, offsets committed behind the effect. */
final class EventConsumers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumers.class);

    private final Collection<EventHandler> handlers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaOperations<String, byte[]> deadLetters;
    private final EventSettings.Consumer settings;
    private final Scheduler scheduler;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private Disposable.Composite starting = Disposables.composite();
    private volatile boolean running;

    EventConsumers(
            Collection<EventHandler> handlers,
            ConsumerFactory<String, byte[]> consumers,
            KafkaOperations<String, byte[]> deadLetters,
            EventSettings.Consumer settings,
            Scheduler scheduler) {
        this.handlers = handlers;
        this.consumers = consumers;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized void start() {
        Set<String> groups = new HashSet<>();
        for (EventHandler handler : handlers) {
            if (!groups.add(handler.group())) {
                throw new IllegalStateException("two handlers in group " + handler.group());
            }
        }
        running = true;
        starting = Disposables.composite();
        for (EventHandler handler : handlers) {
            // not on this thread: a broker whose name cannot be resolved must not keep the service from starting
            starting.add(Background.keepTrying(
                            "consumer " + handler.group(),
                            Mono.<Void>fromRunnable(() -> open(handler)).subscribeOn(scheduler))
                    .subscribe());
        }
    }

    private synchronized void open(EventHandler handler) {
        if (running) {
            // a new one each time: one that failed to start takes itself for running
            ConcurrentMessageListenerContainer<String, byte[]> container = container(handler);
            try {
                container.start();
            } catch (RuntimeException e) {
                container.stop();
                throw e;
            }
            containers.add(container);
        }
    }

    private ConcurrentMessageListenerContainer<String, byte[]> container(EventHandler handler) {
        ContainerProperties properties =
                new ContainerProperties(handler.topics().toArray(String[]::new));
        properties.setGroupId(handler.group());
        properties.setAckMode(ContainerProperties.AckMode.RECORD);
        properties.setMissingTopicsFatal(false);
        properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
        MessageListener<String, byte[]> listener = message -> handle(handler, message);
        properties.setMessageListener(listener);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(handler.group());
        container.setConcurrency(settings.concurrency());
        container.setCommonErrorHandler(errors(handler));
        return container;
    }

    /** Runs on the consumer's own thread, which has nothing else to do: waiting keeps the order and the offsets right. */
    private void handle(EventHandler handler, ConsumerRecord<String, byte[]> message) {
        ReceivedEvent event = ReceivedEvent.read(
                message.topic(), message.key(), message.value(), header(message, Tracing.REQUEST_ID));
        Map<String, String> traces = traces(event);
        ClientOrigin origin = event.origin();
        traces.forEach(MDC::put);
        try {
            Mono.defer(() -> handler.handle(event))
                    .timeout(settings.handlerTimeout())
                    .contextWrite(Context.of(traces))
                    // what follows from the fact came from there as well
                    .contextWrite(context -> origin == null ? context : context.put(ClientOrigin.class, origin))
                    .block();
        } finally {
            traces.keySet().forEach(MDC::remove);
        }
    }

    private static Map<String, String> traces(ReceivedEvent event) {
        Map<String, String> traces = new HashMap<>();
        if (event.requestId() != null) {
            traces.put(Tracing.REQUEST_ID, event.requestId());
        }
        String traceparent = event.envelope().traceparent();
        if (traceparent != null) {
            traces.put(Tracing.TRACEPARENT, traceparent);
        }
        return traces;
    }

    private static @Nullable String header(ConsumerRecord<?, ?> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private CommonErrorHandler errors(EventHandler handler) {
        DeadLetterPublishingRecoverer recoverer = new DeadLetterPublishingRecoverer(
                deadLetters, (message, error) -> new TopicPartition(EventTopics.deadLetters(message.topic()), -1));
        DefaultErrorHandler errors = new DefaultErrorHandler(recoverer);
        // spring-kafka regards some exceptions as final by itself: what is final is decided below alone
        errors.setClassifications(Map.of(), true);
        errors.setBackOffFunction((message, error) -> pauses(error));
        errors.setLogLevel(KafkaException.Level.DEBUG);
        errors.setRetryListeners(new RetryListener() {
            @Override
            public void failedDelivery(ConsumerRecord<?, ?> message, @Nullable Exception error, int attempt) {
                if (Integer.bitCount(attempt) == 1) {
                    // ever more rarely: what is away for long must not fill the logs
                    LOG.warn(
                            "{} failed on {}, attempt {}: {}",
                            handler.group(),
                            name(message),
                            attempt,
                            String.valueOf(cause(error)));
                }
            }

            @Override
            public void recovered(ConsumerRecord<?, ?> message, @Nullable Exception error) {
                LOG.error("{} gave up on {}", handler.group(), name(message), error);
            }
        });
        return errors;
    }

    private BackOff pauses(@Nullable Exception error) {
        Throwable cause = cause(error);
        if (cause instanceof UnreadableEventException) {
            return new FixedBackOff(0, 0);
        }
        ExponentialBackOff pauses = new ExponentialBackOff(settings.backOff().toMillis(), 2);
        pauses.setMaxInterval(settings.maxBackOff().toMillis());
        boolean transientFailure =
                cause instanceof FailureException failure && failure.failure() instanceof Failure.Unavailable;
        if (!transientFailure) {
            pauses.setMaxAttempts(settings.attempts() - 1);
        }
        return pauses;
    }

    private static String name(ConsumerRecord<?, ?> message) {
        return message.topic() + "-" + message.partition() + "@" + message.offset() + " (" + message.key() + ")";
    }

    /** What the handler threw, below what the container wraps around it. */
    private static @Nullable Throwable cause(@Nullable Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof UnreadableEventException || t instanceof FailureException) {
                return t;
            }
        }
        return error == null || error.getCause() == null ? error : error.getCause();
    }

    @Override
    public void stop() {
        List<ConcurrentMessageListenerContainer<String, byte[]>> stopped;
        synchronized (this) {
            running = false;
            starting.dispose();
            stopped = List.copyOf(containers);
            containers.clear();
        }
        stopped.forEach(AbstractMessageListenerContainer::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the relay and the indexes, before the web server. */
    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE;
    }
}
