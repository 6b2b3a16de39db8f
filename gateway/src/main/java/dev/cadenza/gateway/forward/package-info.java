/** How a request travels to a service and its answer back: headers, limits, timeouts, retries, circuit breakers. */
@NullMarked
package dev.cadenza.gateway.forward;

import org.jspecify.annotations.NullMarked;
