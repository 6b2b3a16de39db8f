/** The musicgen dialect: generations under {@code /v1/ai}; see README.md beside this file. */
@NullMarked
package dev.cadenza.generation.api.musicgen;

import org.jspecify.annotations.NullMarked;
