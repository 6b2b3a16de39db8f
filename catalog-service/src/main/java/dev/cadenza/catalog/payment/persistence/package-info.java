/** Payment providers: the built-in one and Stripe. */
@NullMarked
package dev.cadenza.catalog.payment.persistence;

import org.jspecify.annotations.NullMarked;
