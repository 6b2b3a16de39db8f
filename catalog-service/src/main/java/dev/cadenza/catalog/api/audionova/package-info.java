/** The audionova dialect of the library: songs. */
@NullMarked
package dev.cadenza.catalog.api.audionova;

import org.jspecify.annotations.NullMarked;
