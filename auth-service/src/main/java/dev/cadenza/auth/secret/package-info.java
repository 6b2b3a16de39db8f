/** What this service derives from its own secret, and encrypts under it. */
@NullMarked
package dev.cadenza.auth.secret;

import org.jspecify.annotations.NullMarked;
