package dev.cadenza.playlist.playlist.messaging;

import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.playlist.playlist.CleanUpPlaylist;
import dev.cadenza.playlist.playlist.SettleEntry;
import dev.cadenza.playlist.playlist.SettleTrack;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finishes what a change of a playlist begins, whatever died after the change. */
@Component
class PlaylistHandler implements EventHandler {

    private final SettleTrack settleTrack;
    private final SettleEntry settleEntry;
    private final CleanUpPlaylist cleanUp;

    PlaylistHandler(SettleTrack settleTrack, SettleEntry settleEntry, CleanUpPlaylist cleanUp) {
        this.settleTrack = settleTrack;
        this.settleEntry = settleEntry;
        this.cleanUp = cleanUp;
    }

    @Override
    public Set<String> topics() {
        return Set.of(PlaylistEventTranslator.TOPIC);
    }

    @Override
    public String group() {
        return "playlist.aftermath";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "playlist.playlist.track_added" ->
                Mono.justOrEmpty(event.dataAs(PlaylistSnapshot.class).changedTrackId())
                        .flatMap(track ->
                                settleTrack.settle(track).then(settleEntry.settle(event.aggregateId(), track)));
            case "playlist.playlist.deleted" -> cleanUp.cleanUp(event.aggregateId());
            default -> Mono.empty();
        };
    }
}
