/** What products hear of tracks. */
@NullMarked
package dev.cadenza.catalog.product.messaging;

import org.jspecify.annotations.NullMarked;
