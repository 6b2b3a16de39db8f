/** Mails over SMTP. */
@NullMarked
package dev.cadenza.auth.mail.messaging;

import org.jspecify.annotations.NullMarked;
