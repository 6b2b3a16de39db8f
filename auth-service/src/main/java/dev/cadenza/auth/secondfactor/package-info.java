/** One-time codes beside the password. */
@NullMarked
package dev.cadenza.auth.secondfactor;

import org.jspecify.annotations.NullMarked;
