/** Likes, comments, and webhooks: notifications to machines. */
@NullMarked
package dev.cadenza.social;

import org.jspecify.annotations.NullMarked;
