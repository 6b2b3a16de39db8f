/** Token sessions, which live in Keycloak. */
@NullMarked
package dev.cadenza.auth.login.persistence;

import org.jspecify.annotations.NullMarked;
