package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Erasure;
import dev.cadenza.auth.attempt.KnownDevices;
import dev.cadenza.auth.secondfactor.WithdrawSecondFactor;
import dev.cadenza.auth.session.ForgetSessions;
import dev.cadenza.auth.session.RevokeSessions;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes all that is remembered of the logins of an account that is being deleted. */
@Component
class EraseLogins implements Erasure {

    private final RevokeSessions revoke;
    private final ForgetSessions sessions;
    private final KnownDevices devices;
    private final WithdrawSecondFactor secondFactor;

    EraseLogins(
            RevokeSessions revoke, ForgetSessions sessions, KnownDevices devices, WithdrawSecondFactor secondFactor) {
        this.revoke = revoke;
        this.sessions = sessions;
        this.devices = devices;
        this.secondFactor = secondFactor;
    }

    /** Ends its sessions where that has not happened, and forgets them, its devices and its second factor. May be repeated. */
    @Override
    public Mono<Void> erase(UUID account) {
        return revoke.ofAccount(account)
                .then(sessions.ofAccount(account))
                .then(devices.remove(account))
                .then(secondFactor.forget(account));
    }
}
