/**
 * Facts leave and enter a service here: documents with an embedded outbox and the relay that publishes it, and what
 * consumers need to survive repeats.
 */
@NullMarked
package dev.cadenza.platform.events;

import org.jspecify.annotations.NullMarked;
