/** Accounts, verification mail and logins, over Keycloak. */
@NullMarked
package dev.cadenza.auth;

import org.jspecify.annotations.NullMarked;
