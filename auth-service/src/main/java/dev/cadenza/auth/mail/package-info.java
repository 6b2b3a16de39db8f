/** Mails to owners of accounts: ordered in the write that causes them, sent once, in text and HTML. */
@NullMarked
package dev.cadenza.auth.mail;

import org.jspecify.annotations.NullMarked;
