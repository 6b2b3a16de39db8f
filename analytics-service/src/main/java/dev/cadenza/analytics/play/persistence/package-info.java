/** Stores plays. */
@NullMarked
package dev.cadenza.analytics.play.persistence;

import org.jspecify.annotations.NullMarked;
