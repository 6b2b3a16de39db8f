/** What tracks tell other services, and what they learn from them. */
@NullMarked
package dev.cadenza.catalog.track.messaging;

import org.jspecify.annotations.NullMarked;
