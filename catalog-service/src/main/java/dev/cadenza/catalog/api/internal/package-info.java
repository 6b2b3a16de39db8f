/** What operators ask; never routed by the gateway. */
@NullMarked
package dev.cadenza.catalog.api.internal;

import org.jspecify.annotations.NullMarked;
