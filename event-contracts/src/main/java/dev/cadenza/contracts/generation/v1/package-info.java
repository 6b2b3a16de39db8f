/** Facts of generation-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.generation.v1;

import org.jspecify.annotations.NullMarked;
