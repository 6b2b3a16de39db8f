/** Facts of catalog-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.catalog.v1;

import org.jspecify.annotations.NullMarked;
