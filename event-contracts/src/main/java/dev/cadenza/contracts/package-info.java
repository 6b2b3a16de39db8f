/** The envelope of every event. */
@NullMarked
package dev.cadenza.contracts;

import org.jspecify.annotations.NullMarked;
