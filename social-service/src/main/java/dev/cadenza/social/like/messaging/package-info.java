/** Tells the other services about likes. */
@NullMarked
package dev.cadenza.social.like.messaging;

import org.jspecify.annotations.NullMarked;
