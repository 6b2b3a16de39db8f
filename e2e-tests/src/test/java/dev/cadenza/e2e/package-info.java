/** Journeys and faults against the launched system, through the gateway only. */
@NullMarked
package dev.cadenza.e2e;

import org.jspecify.annotations.NullMarked;
