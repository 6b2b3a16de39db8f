/** What the ledger hears of orders. */
@NullMarked
package dev.cadenza.catalog.ledger.messaging;

import org.jspecify.annotations.NullMarked;
