/** Tells the other services about comments. */
@NullMarked
package dev.cadenza.social.comment.messaging;

import org.jspecify.annotations.NullMarked;
