/** Facts of the gateway, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.gateway.v1;

import org.jspecify.annotations.NullMarked;
