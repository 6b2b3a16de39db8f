/** Facts of analytics-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.analytics.v1;

import org.jspecify.annotations.NullMarked;
