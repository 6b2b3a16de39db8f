package dev.cadenza.social.webhook.http;

import java.io.IOException;

/** A name or address leads nowhere that may be connected to. */
final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedAddressException() {
        super("not a public address");
    }
}
