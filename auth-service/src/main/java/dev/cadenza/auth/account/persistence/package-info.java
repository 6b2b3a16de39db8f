/** Accounts in MongoDB, their credentials in Keycloak. */
@NullMarked
package dev.cadenza.auth.account.persistence;

import org.jspecify.annotations.NullMarked;
