package dev.cadenza.auth.account;

/** What happens to accounts. */
public sealed interface AccountEvent {

    /** An account came to be. */
    record Registered() implements AccountEvent {}

    /** The owner proved the e-mail address. */
    record Verified() implements AccountEvent {}
}
