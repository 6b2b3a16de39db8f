/** The audionova dialect of listening: what one heard. */
@NullMarked
package dev.cadenza.analytics.api.audionova;

import org.jspecify.annotations.NullMarked;
