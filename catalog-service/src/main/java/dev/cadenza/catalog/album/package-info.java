/** Albums: their owner's tracks in an order, and what is said about them. */
@NullMarked
package dev.cadenza.catalog.album;

import org.jspecify.annotations.NullMarked;
