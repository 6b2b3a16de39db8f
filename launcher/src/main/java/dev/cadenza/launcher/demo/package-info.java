/** A walk through what the platform does, as a client of its gateway. */
@NullMarked
package dev.cadenza.launcher.demo;

import org.jspecify.annotations.NullMarked;
