/** What this service knows about tracks: who may see them, and what to call them. */
@NullMarked
package dev.cadenza.playlist.track;

import org.jspecify.annotations.NullMarked;
