/** What albums tell others, and what they hear of tracks. */
@NullMarked
package dev.cadenza.catalog.album.messaging;

import org.jspecify.annotations.NullMarked;
