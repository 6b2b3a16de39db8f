/** Payments: the port to whoever moves the money. */
@NullMarked
package dev.cadenza.catalog.payment;

import org.jspecify.annotations.NullMarked;
