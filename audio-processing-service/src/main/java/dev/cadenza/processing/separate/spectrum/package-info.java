/** Short-time Fourier transform there and back. */
@NullMarked
package dev.cadenza.processing.separate.spectrum;

import org.jspecify.annotations.NullMarked;
