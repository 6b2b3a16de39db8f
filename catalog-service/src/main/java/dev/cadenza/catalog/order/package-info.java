/** Orders: who bought what, for how much, and whether it is paid. */
@NullMarked
package dev.cadenza.catalog.order;

import org.jspecify.annotations.NullMarked;
