package dev.cadenza.social.comment;

import dev.cadenza.platform.events.PersonalData;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: what it said goes. */
public final class EraseComments implements PersonalData {

    private final Comments comments;
    private final Clock clock;

    public EraseComments(Comments comments, Clock clock) {
        this.comments = comments;
        this.clock = clock;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return Mono.defer(() -> comments.deleteAllOf(
                        account, List.of(new CommentEvent.Erased(clock.instant().truncatedTo(ChronoUnit.MILLIS)))))
                .then();
    }
}
