/** The model that needs nothing but the build: rules compose, a SoundFont plays. */
@NullMarked
package dev.cadenza.generation.model.builtin;

import org.jspecify.annotations.NullMarked;
