/** Tracks in MongoDB documents and their bytes in the object store. */
@NullMarked
package dev.cadenza.catalog.track.persistence;

import org.jspecify.annotations.NullMarked;
