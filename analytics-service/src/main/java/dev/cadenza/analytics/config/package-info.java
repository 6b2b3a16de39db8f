/** Wiring of the analytics service. */
@NullMarked
package dev.cadenza.analytics.config;

import org.jspecify.annotations.NullMarked;
