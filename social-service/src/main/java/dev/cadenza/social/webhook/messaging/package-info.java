/** Turns the events of all services into deliveries. */
@NullMarked
package dev.cadenza.social.webhook.messaging;

import org.jspecify.annotations.NullMarked;
