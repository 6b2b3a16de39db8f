/** Generation-service: songs from words, composed and rendered by workers. */
@NullMarked
package dev.cadenza.generation;

import org.jspecify.annotations.NullMarked;
