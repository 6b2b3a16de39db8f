/** Mails in MongoDB. */
@NullMarked
package dev.cadenza.auth.mail.persistence;

import org.jspecify.annotations.NullMarked;
