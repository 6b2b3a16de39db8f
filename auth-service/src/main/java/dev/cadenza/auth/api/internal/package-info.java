/** What other services ask; never routed by the gateway. */
@NullMarked
package dev.cadenza.auth.api.internal;

import org.jspecify.annotations.NullMarked;
