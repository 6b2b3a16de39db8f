/** Stores webhooks and their deliveries. */
@NullMarked
package dev.cadenza.social.webhook.persistence;

import org.jspecify.annotations.NullMarked;
