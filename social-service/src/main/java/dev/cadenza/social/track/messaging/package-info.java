/** Builds the local copies of tracks from the catalog's events. */
@NullMarked
package dev.cadenza.social.track.messaging;

import org.jspecify.annotations.NullMarked;
