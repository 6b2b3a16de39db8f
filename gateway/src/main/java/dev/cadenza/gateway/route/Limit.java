package dev.cadenza.gateway.route;

/** Which limit a route has besides the ones that all have. */
public enum Limit {
    /** None. */
    NONE,
    /** Logging in and registering, by address. */
    SIGN_IN,
    /** Uploads, by user. */
    UPLOAD
}
