/** Plays, and the numbers that follow from them. */
@NullMarked
package dev.cadenza.analytics.play;

import org.jspecify.annotations.NullMarked;
