/** Renditions in the object store, downloads in the database. */
@NullMarked
package dev.cadenza.catalog.playback.persistence;

import org.jspecify.annotations.NullMarked;
