/** Builds the local copies of tracks from the catalog's events. */
@NullMarked
package dev.cadenza.analytics.track.messaging;

import org.jspecify.annotations.NullMarked;
