/** Sessions in the database, chunks in the object store. */
@NullMarked
package dev.cadenza.catalog.upload.persistence;

import org.jspecify.annotations.NullMarked;
