package dev.cadenza.auth.api.veza;

import dev.cadenza.auth.session.CountSessions;
import dev.cadenza.auth.session.EndSession;
import dev.cadenza.auth.session.LeaveSession;
import dev.cadenza.auth.session.ListSessions;
import dev.cadenza.auth.session.RevokeSessions;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController("vezaSessionController")
@RequestMapping("/api/v1/sessions")
class SessionController {

    private final ListSessions list;
    private final CountSessions count;
    private final LeaveSession leave;
    private final EndSession end;
    private final RevokeSessions revoke;

    SessionController(
            ListSessions list, CountSessions count, LeaveSession leave, EndSession end, RevokeSessions revoke) {
        this.list = list;
        this.count = count;
        this.leave = leave;
        this.end = end;
        this.revoke = revoke;
    }

    @GetMapping
    Mono<VezaEnvelope<SessionJson.Sessions>> list(Caller caller) {
        return list.list(caller.requireAccountUse().id())
                .map(session -> SessionJson.Row.of(session, caller.session()))
                .collectList()
                .map(rows -> VezaEnvelope.data(new SessionJson.Sessions(rows)));
    }

    @GetMapping("/stats")
    Mono<VezaEnvelope<SessionJson.Stats>> stats(Caller caller) {
        return count.count(caller.requireAccountUse().id())
                .map(numbers -> VezaEnvelope.data(new SessionJson.Stats(numbers.total(), numbers.open())));
    }

    @PostMapping("/logout")
    Mono<VezaEnvelope<VezaEnvelope.Message>> logOut(Caller caller) {
        return leave.leave(caller.requireAccountUse().id(), caller.session())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Logged out successfully")));
    }

    @PostMapping("/logout-all")
    Mono<VezaEnvelope<VezaEnvelope.Message>> logOutEverywhere(Caller caller) {
        return revoke.ofAccount(caller.requireAccountUse().id())
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Logged out from all sessions")));
    }

    @DeleteMapping("/{id}")
    Mono<VezaEnvelope<VezaEnvelope.Message>> end(Caller caller, @PathVariable UUID id) {
        return end.end(caller.requireAccountUse().id(), id)
                .then(Mono.fromSupplier(() -> VezaEnvelope.message("Session revoked successfully")));
    }
}
