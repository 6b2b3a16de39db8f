/** The musewave dialect of listening: statistics. */
@NullMarked
package dev.cadenza.analytics.api.musewave;

import org.jspecify.annotations.NullMarked;
