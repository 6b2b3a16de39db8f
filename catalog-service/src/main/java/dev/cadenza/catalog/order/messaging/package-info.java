/** What orders tell others. */
@NullMarked
package dev.cadenza.catalog.order.messaging;

import org.jspecify.annotations.NullMarked;
