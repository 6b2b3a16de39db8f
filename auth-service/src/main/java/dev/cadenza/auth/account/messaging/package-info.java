/** What others hear of accounts: events, and mail to their owners. */
@NullMarked
package dev.cadenza.auth.account.messaging;

import org.jspecify.annotations.NullMarked;
