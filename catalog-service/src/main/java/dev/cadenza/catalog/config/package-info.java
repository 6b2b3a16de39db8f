/** Wiring and settings. */
@NullMarked
package dev.cadenza.catalog.config;

import org.jspecify.annotations.NullMarked;
