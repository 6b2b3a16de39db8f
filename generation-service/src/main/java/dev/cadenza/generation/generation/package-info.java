/** Generations: what somebody asked for, the job that makes it, and the song that came of it. */
@NullMarked
package dev.cadenza.generation.generation;

import org.jspecify.annotations.NullMarked;
