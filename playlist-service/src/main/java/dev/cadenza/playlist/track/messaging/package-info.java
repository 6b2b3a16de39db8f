/** Follows the catalog's events. */
@NullMarked
package dev.cadenza.playlist.track.messaging;

import org.jspecify.annotations.NullMarked;
