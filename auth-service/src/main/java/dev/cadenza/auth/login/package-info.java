/** Logging in, renewing a login, logging out. */
@NullMarked
package dev.cadenza.auth.login;

import org.jspecify.annotations.NullMarked;
