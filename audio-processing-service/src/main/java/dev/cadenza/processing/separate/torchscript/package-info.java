/** Models that an operator supplies, run by PyTorch through DJL. */
@NullMarked
package dev.cadenza.processing.separate.torchscript;

import org.jspecify.annotations.NullMarked;
