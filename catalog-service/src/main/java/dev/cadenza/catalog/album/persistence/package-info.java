/** Albums in MongoDB. */
@NullMarked
package dev.cadenza.catalog.album.persistence;

import org.jspecify.annotations.NullMarked;
