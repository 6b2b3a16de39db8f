package dev.cadenza.platform.web.security;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;

/** Reads the issuers' keys while the service starts, and until they are there; nothing waits for it. */
final class ReadKeysAhead implements SmartLifecycle {

    private final Tokens tokens;
    private @Nullable Disposable reading;

    ReadKeysAhead(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public synchronized void start() {
        reading = tokens.readAhead().subscribe();
    }

    @Override
    public synchronized void stop() {
        if (reading != null) {
            reading.dispose();
            reading = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return reading != null;
    }
}
