/** What others hear of accounts. */
@NullMarked
package dev.cadenza.auth.account.messaging;

import org.jspecify.annotations.NullMarked;
