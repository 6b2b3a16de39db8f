package dev.cadenza.platform.events;

/** Keys under which the web layer keeps what ties a request's traces together: Reactor context, logs, and here events. */
final class Tracing {

    static final String TRACEPARENT = "traceparent";
    static final String REQUEST_ID = "requestId";

    private Tracing() {}
}
