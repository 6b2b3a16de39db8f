/** The ledger: who owes whom what, in balanced entries. */
@NullMarked
package dev.cadenza.catalog.ledger;

import org.jspecify.annotations.NullMarked;
