package dev.cadenza.gateway.route;

/** Whether the session cookie identifies on a route, and what proves that our own page sends it. */
public enum BrowserLogin {
    /** The cookie says nothing here. */
    NONE,
    /** Where something is changed, {@code X-CSRFToken} must be the session's token. */
    CSRF_TOKEN,
    /** Where something is changed, the page's origin must be ours or a configured one. */
    KNOWN_ORIGIN
}
