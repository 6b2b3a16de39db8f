/** The one door of the platform: which path goes to which service, and what every request must survive first. */
@NullMarked
package dev.cadenza.gateway;

import org.jspecify.annotations.NullMarked;
