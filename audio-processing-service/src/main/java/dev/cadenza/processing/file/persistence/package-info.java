/** Files in MongoDB, their bytes in the object store. */
@NullMarked
package dev.cadenza.processing.file.persistence;

import org.jspecify.annotations.NullMarked;
