package dev.cadenza.auth.key;

/** A key and its secret, which is shown this once. */
public record KeyWithSecret(ApiKey key, KeySecret secret) {}
