/** Tokens that this service signs itself: their keys, and what API keys and browser sessions are exchanged for. */
@NullMarked
package dev.cadenza.auth.token;

import org.jspecify.annotations.NullMarked;
