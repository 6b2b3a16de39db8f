/** What a request meets at the door, before it is routed: clean paths, cross-origin rules, security headers. */
@NullMarked
package dev.cadenza.gateway.edge;

import org.jspecify.annotations.NullMarked;
