package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailOrder;
import java.time.Instant;

/** A mail with a token, and what the account has to remember of it. */
record TokenMail(MailOrder order, String tokenHash, Instant expiresAt) {}
