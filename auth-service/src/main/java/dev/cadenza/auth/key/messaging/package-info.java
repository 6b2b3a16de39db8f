/** What others hear about API keys. */
@NullMarked
package dev.cadenza.auth.key.messaging;

import org.jspecify.annotations.NullMarked;
