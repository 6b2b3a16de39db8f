package dev.cadenza.auth.config;

import dev.cadenza.auth.account.EnsureAdministrator;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.account.SendVerificationMails;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What goes on while nobody asks: due mails, interrupted registrations, the administrator's account. */
class BackgroundWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration poll;
    private final EnsureAdministrator administrator;
    private final FinishRegistrations registrations;
    private final SendVerificationMails mails;
    private volatile Disposable running = Disposables.disposed();

    BackgroundWork(
            Duration poll,
            EnsureAdministrator administrator,
            FinishRegistrations registrations,
            SendVerificationMails mails) {
        this.poll = poll;
        this.administrator = administrator;
        this.registrations = registrations;
        this.mails = mails;
    }

    @Override
    public void start() {
        running = Disposables.composite(
                administrator
                        .ensure()
                        .doOnError(
                                error -> LOG.warn("the administrator's account is not there yet: {}", error.toString()))
                        .retryWhen(Retry.backoff(Long.MAX_VALUE, poll).maxBackoff(LONGEST_PAUSE))
                        .subscribe(),
                forever("due mails", mails.sendDue()),
                forever("interrupted registrations", Mono.defer(registrations::finish)));
    }

    private Disposable forever(String what, Mono<Void> round) {
        return round.onErrorResume(error -> {
                    LOG.warn("{}: {}", what, error.toString());
                    return Mono.empty();
                })
                .thenReturn(true)
                .repeatWhen(rounds -> rounds.delayElements(poll))
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
