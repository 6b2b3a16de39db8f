/** The composer: form, harmony, melody, accompaniment, bass and drums from a brief, by rules and a seed. */
@NullMarked
package dev.cadenza.generation.compose;

import org.jspecify.annotations.NullMarked;
