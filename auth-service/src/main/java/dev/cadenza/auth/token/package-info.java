/** The key of the tokens that this service signs itself. */
@NullMarked
package dev.cadenza.auth.token;

import org.jspecify.annotations.NullMarked;
