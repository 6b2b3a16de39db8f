/** Stores the local copies of tracks. */
@NullMarked
package dev.cadenza.analytics.track.persistence;

import org.jspecify.annotations.NullMarked;
