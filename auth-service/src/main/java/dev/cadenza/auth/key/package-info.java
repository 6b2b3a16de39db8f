/** API keys: what partners' programs use in place of a login. */
@NullMarked
package dev.cadenza.auth.key;

import org.jspecify.annotations.NullMarked;
