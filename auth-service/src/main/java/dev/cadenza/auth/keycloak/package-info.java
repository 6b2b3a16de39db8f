/** How Keycloak is reached, and what its silence means. */
@NullMarked
package dev.cadenza.auth.keycloak;

import org.jspecify.annotations.NullMarked;
