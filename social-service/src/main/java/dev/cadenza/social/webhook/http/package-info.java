/** Sends deliveries over HTTP, to public addresses only. */
@NullMarked
package dev.cadenza.social.webhook.http;

import org.jspecify.annotations.NullMarked;
