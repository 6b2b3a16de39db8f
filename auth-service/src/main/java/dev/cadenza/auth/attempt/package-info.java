/** Who has to wait before trying a password again, and which devices an account is used from. */
@NullMarked
package dev.cadenza.auth.attempt;

import org.jspecify.annotations.NullMarked;
