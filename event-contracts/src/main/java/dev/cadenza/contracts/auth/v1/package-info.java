/** Facts of auth-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.auth.v1;

import org.jspecify.annotations.NullMarked;
