/** Wiring: what each role of the service consists of. */
@NullMarked
package dev.cadenza.generation.config;

import org.jspecify.annotations.NullMarked;
