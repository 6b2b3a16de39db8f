/** Facts of playlist-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.playlist.v1;

import org.jspecify.annotations.NullMarked;
