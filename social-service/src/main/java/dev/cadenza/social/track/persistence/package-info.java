/** Stores the local copies of tracks. */
@NullMarked
package dev.cadenza.social.track.persistence;

import org.jspecify.annotations.NullMarked;
