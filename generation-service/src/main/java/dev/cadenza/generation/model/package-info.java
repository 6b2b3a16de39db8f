/** What a model of music is to the rest of the service: a name, what it can do, and a song for a wish. */
@NullMarked
package dev.cadenza.generation.model;

import org.jspecify.annotations.NullMarked;
