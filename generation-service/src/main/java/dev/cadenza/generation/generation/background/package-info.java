/** What generations need done now and then. */
@NullMarked
package dev.cadenza.generation.generation.background;

import org.jspecify.annotations.NullMarked;
