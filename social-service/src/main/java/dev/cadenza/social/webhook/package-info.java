/** Webhooks: who wants to hear of what, signed deliveries, and when they are tried again. */
@NullMarked
package dev.cadenza.social.webhook;

import org.jspecify.annotations.NullMarked;
