/** The veza dialect of the library. */
@NullMarked
package dev.cadenza.catalog.api.veza;

import org.jspecify.annotations.NullMarked;
