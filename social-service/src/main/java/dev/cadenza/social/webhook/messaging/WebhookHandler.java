package dev.cadenza.social.webhook.messaging;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.social.webhook.Happening;
import dev.cadenza.social.webhook.QueueDeliveries;
import dev.cadenza.social.webhook.messaging.WebhookBody.CommentData;
import dev.cadenza.social.webhook.messaging.WebhookBody.GenerationData;
import dev.cadenza.social.webhook.messaging.WebhookBody.LikeData;
import dev.cadenza.social.webhook.messaging.WebhookBody.PlaylistData;
import dev.cadenza.social.webhook.messaging.WebhookBody.ProcessingData;
import dev.cadenza.social.webhook.messaging.WebhookBody.TrackData;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Tells webhooks what happens to their owners' things. */
@Component
class WebhookHandler implements EventHandler {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("catalog.track.uploaded", "track.uploaded"),
            Map.entry("catalog.track.processed", "track.processed"),
            Map.entry("catalog.track.failed", "track.failed"),
            Map.entry("catalog.track.updated", "track.updated"),
            Map.entry("catalog.track.deleted", "track.deleted"),
            Map.entry("social.like.liked", "track.liked"),
            Map.entry("social.like.unliked", "track.unliked"),
            Map.entry("social.comment.created", "comment.created"),
            Map.entry("social.comment.deleted", "comment.deleted"),
            Map.entry("playlist.playlist.created", "playlist.created"),
            Map.entry("playlist.playlist.updated", "playlist.updated"),
            Map.entry("playlist.playlist.deleted", "playlist.deleted"),
            Map.entry("playlist.playlist.track_added", "playlist.track_added"),
            Map.entry("playlist.playlist.track_removed", "playlist.track_removed"),
            Map.entry("generation.generation.queued", "generation.queued"),
            Map.entry("generation.generation.started", "generation.started"),
            Map.entry("generation.generation.completed", "generation.completed"),
            Map.entry("generation.generation.failed", "generation.failed"),
            Map.entry("generation.generation.cancelled", "generation.cancelled"),
            Map.entry("processing.file.uploaded", "processing.uploaded"),
            Map.entry("processing.file.started", "processing.started"),
            Map.entry("processing.file.completed", "processing.completed"),
            Map.entry("processing.file.failed", "processing.failed"),
            Map.entry("processing.file.deleted", "processing.deleted"));

    private final QueueDeliveries queueDeliveries;

    WebhookHandler(QueueDeliveries queueDeliveries) {
        this.queueDeliveries = queueDeliveries;
    }

    @Override
    public Set<String> topics() {
        return Set.of(
                "catalog.track.v1",
                "social.like.v1",
                "social.comment.v1",
                "playlist.playlist.v1",
                "generation.generation.v1",
                "processing.file.v1");
    }

    @Override
    public String group() {
        return "social.webhooks";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        String name = NAMES.get(event.type());
        if (name == null) {
            return Mono.empty();
        }
        return switch (event.topic()) {
            case "catalog.track.v1" -> {
                TrackSnapshot track = event.dataAs(TrackSnapshot.class);
                yield tell(event, name, track.ownerId(), TrackData.of(track));
            }
            case "social.like.v1" -> {
                LikeChanged like = event.dataAs(LikeChanged.class);
                yield tell(event, name, like.trackOwnerId(), LikeData.of(like));
            }
            case "social.comment.v1" -> {
                CommentChanged comment = event.dataAs(CommentChanged.class);
                yield tell(event, name, comment.trackOwnerId(), CommentData.of(comment));
            }
            case "playlist.playlist.v1" -> {
                PlaylistSnapshot playlist = event.dataAs(PlaylistSnapshot.class);
                yield tell(event, name, playlist.ownerId(), PlaylistData.of(playlist));
            }
            case "generation.generation.v1" -> {
                GenerationSnapshot generation = event.dataAs(GenerationSnapshot.class);
                yield tell(event, name, generation.ownerId(), GenerationData.of(generation));
            }
            case "processing.file.v1" -> {
                ProcessingFileSnapshot file = event.dataAs(ProcessingFileSnapshot.class);
                yield tell(event, name, file.ownerId(), ProcessingData.of(file));
            }
            default -> Mono.empty();
        };
    }

    private Mono<Void> tell(ReceivedEvent event, String name, UUID ownerId, Object data) {
        String body = JSON.writeValueAsString(new WebhookBody(name, event.at(), data));
        return queueDeliveries.queue(new Happening(event.eventId(), ownerId, name, event.at(), body));
    }
}
