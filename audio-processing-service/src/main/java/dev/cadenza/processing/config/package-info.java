/** Wiring: what each role of the service consists of. */
@NullMarked
package dev.cadenza.processing.config;

import org.jspecify.annotations.NullMarked;
