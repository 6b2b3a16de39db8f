/** Hears of everything that belongs into the audit log. */
@NullMarked
package dev.cadenza.analytics.audit.messaging;

import org.jspecify.annotations.NullMarked;
