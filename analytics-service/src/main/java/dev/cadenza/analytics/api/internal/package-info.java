/** What operators ask; never routed by the gateway. */
@NullMarked
package dev.cadenza.analytics.api.internal;

import org.jspecify.annotations.NullMarked;
