/** The worker's side of a generation: takes the job, runs a model, stores the song. */
@NullMarked
package dev.cadenza.generation.work;

import org.jspecify.annotations.NullMarked;
