/** Facts of audio-processing-service, version 1: fields may be added, never changed or removed. */
@NullMarked
package dev.cadenza.contracts.processing.v1;

import org.jspecify.annotations.NullMarked;
