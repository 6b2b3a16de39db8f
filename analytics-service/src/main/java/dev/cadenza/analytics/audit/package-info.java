/** Who did what: a log that only grows, each row sealed by the one after it. */
@NullMarked
package dev.cadenza.analytics.audit;

import org.jspecify.annotations.NullMarked;
