package dev.cadenza.auth.config;

import dev.cadenza.auth.account.EnsureAdministrator;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.retry.Retry;

/** Sees to the administrator's account at start, until it is there. */
class FirstAdministrator implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration pause;
    private final EnsureAdministrator administrator;
    private volatile Disposable running = Disposables.disposed();

    FirstAdministrator(Duration pause, EnsureAdministrator administrator) {
        this.pause = pause;
        this.administrator = administrator;
    }

    @Override
    public void start() {
        running = administrator
                .ensure()
                .doOnError(error -> LOG.warn("the administrator's account is not there yet: {}", error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, pause).maxBackoff(LONGEST_PAUSE))
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
