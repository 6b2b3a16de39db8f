/** Wiring. */
@NullMarked
package dev.cadenza.auth.config;

import org.jspecify.annotations.NullMarked;
