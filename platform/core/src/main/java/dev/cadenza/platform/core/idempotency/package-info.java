/** Requests that are made again: what is remembered of them, and ids that a repeat makes again. */
@NullMarked
package dev.cadenza.platform.core.idempotency;

import org.jspecify.annotations.NullMarked;
