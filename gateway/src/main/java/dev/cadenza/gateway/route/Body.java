package dev.cadenza.gateway.route;

/** How large a request's body may be. */
public enum Body {
    /** JSON and forms. */
    PLAIN,
    /** One picture. */
    IMAGE,
    /** One recording, or a part of one. */
    RECORDING,
    /** Two recordings in one form. */
    TWO_RECORDINGS
}
