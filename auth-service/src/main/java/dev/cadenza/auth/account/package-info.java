/** Accounts: registering one, proving its e-mail address, finishing what a crash left half done. */
@NullMarked
package dev.cadenza.auth.account;

import org.jspecify.annotations.NullMarked;
