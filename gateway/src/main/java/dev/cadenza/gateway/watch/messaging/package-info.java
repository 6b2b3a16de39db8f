/** What the gateway tells other services of the requests that pass. */
@NullMarked
package dev.cadenza.gateway.watch.messaging;

import org.jspecify.annotations.NullMarked;
