package dev.cadenza.catalog.search.messaging;

import dev.cadenza.catalog.search.IndexUpdates;
import dev.cadenza.catalog.search.Kind;
import dev.cadenza.contracts.analytics.v1.PlayRecorded;
import dev.cadenza.contracts.catalog.v1.DownloadStarted;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.platform.events.TopicTail;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * What other instances and services change, heard by every instance for its own index: an event only says what to look
 * at again. What was said while this instance was away, the round at its start finds.
 */
@Component
final class IndexTail implements SmartLifecycle {

    static final String REBUILD = "catalog.search.rebuild_requested";

    /** What is said while an instance starts is not lost between its round and its first reading. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private static final Set<String> TOPICS = Set.of(
            "catalog.track.v1",
            "catalog.album.v1",
            "playlist.playlist.v1",
            "auth.user.v1",
            "social.like.v1",
            "analytics.play.v1",
            "catalog.stream.v1",
            "catalog.search.v1");

    private final ConsumerFactory<String, byte[]> consumers;
    private final IndexUpdates updates;
    private final Clock clock;
    private @Nullable TopicTail tail;

    IndexTail(ConsumerFactory<String, byte[]> eventConsumerFactory, IndexUpdates updates, Clock clock) {
        this.consumers = eventConsumerFactory;
        this.updates = updates;
        this.clock = clock;
    }

    void take(ReceivedEvent event) {
        switch (event.topic()) {
            case "catalog.track.v1" -> updates.changed(Kind.TRACKS, event.aggregateId());
            case "catalog.album.v1" -> updates.changed(Kind.ALBUMS, event.aggregateId());
            // the copies and counts are made by whichever instance gets the event for all of them
            case "playlist.playlist.v1" -> updates.changesSoon(Kind.PLAYLISTS, event.aggregateId());
            case "auth.user.v1" -> updates.changesSoon(Kind.USERS, event.aggregateId());
            case "social.like.v1" ->
                updates.changesSoon(Kind.TRACKS, event.dataAs(LikeChanged.class).trackId());
            case "analytics.play.v1" ->
                updates.changesSoon(
                        Kind.TRACKS, event.dataAs(PlayRecorded.class).trackId());
            case "catalog.stream.v1" -> {
                if (event.type().equals("catalog.stream.downloaded")) {
                    updates.changesSoon(
                            Kind.TRACKS, event.dataAs(DownloadStarted.class).trackId());
                }
            }
            case "catalog.search.v1" -> {
                if (event.type().equals(REBUILD)) {
                    updates.rebuild();
                }
            }
            default -> throw new IllegalStateException(event.topic());
        }
    }

    @Override
    public synchronized void start() {
        TopicTail started = new TopicTail(consumers.getConfigurationProperties(), TOPICS, AGE, clock, this::take);
        tail = started;
        Thread.ofPlatform().daemon().name("search-tail").start(started);
    }

    @Override
    public synchronized void stop() {
        if (tail != null) {
            tail.stop();
            tail = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return tail != null;
    }
}
