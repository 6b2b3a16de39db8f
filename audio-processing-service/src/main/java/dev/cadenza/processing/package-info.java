/** audio-processing-service: files that people hand in, and the jobs that work on them. */
@NullMarked
package dev.cadenza.processing;

import org.jspecify.annotations.NullMarked;
