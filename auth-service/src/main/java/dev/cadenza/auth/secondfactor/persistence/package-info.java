/** Second factors in MongoDB, their credentials in Keycloak. */
@NullMarked
package dev.cadenza.auth.secondfactor.persistence;

import org.jspecify.annotations.NullMarked;
