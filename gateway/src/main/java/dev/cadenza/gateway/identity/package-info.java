/** Who sends a request: API keys and browser sessions become tokens, and what they may not do ends here. */
@NullMarked
package dev.cadenza.gateway.identity;

import org.jspecify.annotations.NullMarked;
