/** What this service encrypts before it stores it. */
@NullMarked
package dev.cadenza.auth.secret;

import org.jspecify.annotations.NullMarked;
