package dev.cadenza.analytics.audit.messaging;

import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.contracts.catalog.v1.OrderSnapshot;
import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hears what users do with their things. Accounts are not among them: what happens to those comes as security events, with
 * more about it. Neither is listening, which changes nothing. Details hold no names and titles, which would outlive
 * an account that is erased.
 */
@Component
class DomainHandler implements EventHandler {

    private final AuditLog log;

    DomainHandler(AuditLog log) {
        this.log = log;
    }

    @Override
    public Set<String> topics() {
        return Set.of(
                "catalog.track.v1",
                "catalog.order.v1",
                "playlist.playlist.v1",
                "social.like.v1",
                "social.comment.v1",
                "generation.generation.v1",
                "processing.file.v1");
    }

    @Override
    public String group() {
        return "analytics.audit.domain";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "catalog.track.uploaded" -> track(event, "track.uploaded");
            case "catalog.track.processed" -> track(event, "track.processed");
            case "catalog.track.failed" -> track(event, "track.failed");
            case "catalog.track.updated" -> track(event, "track.updated");
            case "catalog.track.deleted" -> track(event, "track.deleted");
            case "catalog.order.placed" -> order(event, "order.placed");
            case "catalog.order.completed" -> order(event, "order.completed");
            case "catalog.order.declined" -> order(event, "order.declined");
            case "catalog.order.refunded" -> order(event, "order.refunded");
            case "playlist.playlist.created" -> playlist(event, "playlist.created");
            case "playlist.playlist.updated" -> playlist(event, "playlist.updated");
            case "playlist.playlist.deleted" -> playlist(event, "playlist.deleted");
            case "playlist.playlist.track_added" -> playlist(event, "playlist.track_added");
            case "playlist.playlist.track_removed" -> playlist(event, "playlist.track_removed");
            case "social.like.liked" -> like(event, "track.liked");
            case "social.like.unliked" -> like(event, "track.unliked");
            case "social.comment.created" -> comment(event, "comment.created");
            case "social.comment.deleted" -> comment(event, "comment.deleted");
            case "generation.generation.queued" -> generation(event, "generation.queued");
            case "generation.generation.started" -> generation(event, "generation.started");
            case "generation.generation.completed" -> generation(event, "generation.completed");
            case "generation.generation.failed" -> generation(event, "generation.failed");
            case "generation.generation.cancelled" -> generation(event, "generation.cancelled");
            case "processing.file.uploaded" -> processing(event, "processing.uploaded");
            case "processing.file.started" -> processing(event, "processing.started");
            case "processing.file.completed" -> processing(event, "processing.completed");
            case "processing.file.failed" -> processing(event, "processing.failed");
            case "processing.file.deleted" -> processing(event, "processing.deleted");
            default -> Mono.empty();
        };
    }

    private Mono<Void> track(ReceivedEvent event, String action) {
        TrackSnapshot track = event.dataAs(TrackSnapshot.class);
        return append(
                event,
                track.ownerId(),
                action,
                track.trackId(),
                details("format", track.format(), "public", track.isPublic(), "file_size", track.fileSize()));
    }

    private Mono<Void> order(ReceivedEvent event, String action) {
        OrderSnapshot order = event.dataAs(OrderSnapshot.class);
        return append(
                event,
                order.buyerId(),
                action,
                order.orderId(),
                details("total_minor", order.totalMinor(), "currency", order.currency()));
    }

    private Mono<Void> playlist(ReceivedEvent event, String action) {
        PlaylistSnapshot playlist = event.dataAs(PlaylistSnapshot.class);
        return append(
                event,
                playlist.ownerId(),
                action,
                playlist.playlistId(),
                details("public", playlist.isPublic(), "track_id", playlist.changedTrackId()));
    }

    private Mono<Void> like(ReceivedEvent event, String action) {
        LikeChanged like = event.dataAs(LikeChanged.class);
        return append(event, like.userId(), action, like.trackId(), Map.of());
    }

    private Mono<Void> comment(ReceivedEvent event, String action) {
        CommentChanged comment = event.dataAs(CommentChanged.class);
        return append(event, comment.userId(), action, comment.commentId(), details("track_id", comment.trackId()));
    }

    private Mono<Void> generation(ReceivedEvent event, String action) {
        GenerationSnapshot generation = event.dataAs(GenerationSnapshot.class);
        return append(
                event,
                generation.ownerId(),
                action,
                generation.publicId(),
                details("track_id", generation.trackId(), "error", generation.error()));
    }

    private Mono<Void> processing(ReceivedEvent event, String action) {
        ProcessingFileSnapshot file = event.dataAs(ProcessingFileSnapshot.class);
        return append(
                event,
                file.ownerId(),
                action,
                file.fileId(),
                details("service", file.service(), "error", file.error()));
    }

    private Mono<Void> append(
            ReceivedEvent event, UUID user, String action, Object target, Map<String, String> details) {
        return log.append(AuditEntry.of(
                event.eventId(),
                user,
                null,
                action,
                target.toString(),
                Origins.ip(event),
                Origins.userAgent(event),
                details,
                event.at()));
    }

    /** Names and values in turn; those without a value are left out. */
    private static Map<String, String> details(@Nullable Object... facts) {
        Map<String, String> details = new TreeMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            Object value = facts[i + 1];
            if (value != null) {
                details.put(String.valueOf(facts[i]), value.toString());
            }
        }
        return details;
    }
}
