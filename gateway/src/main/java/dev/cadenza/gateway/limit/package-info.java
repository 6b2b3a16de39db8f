/** How often somebody may call: counted by address, user and API key, in all instances of the gateway together. */
@NullMarked
package dev.cadenza.gateway.limit;

import org.jspecify.annotations.NullMarked;
