/** The whole system on one machine: which parts there are, how they are started, watched and stopped. */
@NullMarked
package dev.cadenza.launcher;

import org.jspecify.annotations.NullMarked;
