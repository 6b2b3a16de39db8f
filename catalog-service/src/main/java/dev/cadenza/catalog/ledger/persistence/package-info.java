/** The ledger in MongoDB. */
@NullMarked
package dev.cadenza.catalog.ledger.persistence;

import org.jspecify.annotations.NullMarked;
