/** How security facts are told to others. */
@NullMarked
package dev.cadenza.auth.security.messaging;

import org.jspecify.annotations.NullMarked;
