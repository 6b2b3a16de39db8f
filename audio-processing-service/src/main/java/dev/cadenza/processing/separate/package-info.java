/** Splitting a song into its vocals and its accompaniment: what engines share, and the job that runs them. */
@NullMarked
package dev.cadenza.processing.separate;

import org.jspecify.annotations.NullMarked;
