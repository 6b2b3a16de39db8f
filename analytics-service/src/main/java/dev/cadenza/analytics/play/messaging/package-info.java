/** Hears of listening, and tells the other services what was counted. */
@NullMarked
package dev.cadenza.analytics.play.messaging;

import org.jspecify.annotations.NullMarked;
