package dev.cadenza.launcher.infra;

/** One server of the infrastructure process. */
interface StandIn {

    /** Short name for logs and the health page. */
    String name();

    /** Port that answers when it works. */
    int port();

    /** Starts it; returns when it serves. */
    void start() throws Exception;

    /** Stops it in good order. A kill without it must lose no acknowledged write. */
    void stop() throws Exception;
}
