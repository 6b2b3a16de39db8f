/** Wiring. */
@NullMarked
package dev.cadenza.gateway.config;

import org.jspecify.annotations.NullMarked;
