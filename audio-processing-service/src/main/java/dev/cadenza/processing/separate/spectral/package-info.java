/** The built-in engine: a time-frequency mask of several classical cues, in pure Java. */
@NullMarked
package dev.cadenza.processing.separate.spectral;

import org.jspecify.annotations.NullMarked;
