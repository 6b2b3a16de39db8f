/** Which path belongs to which service. */
@NullMarked
package dev.cadenza.gateway.route;

import org.jspecify.annotations.NullMarked;
