/** Generations in MongoDB, songs in the object store. */
@NullMarked
package dev.cadenza.generation.generation.persistence;

import org.jspecify.annotations.NullMarked;
