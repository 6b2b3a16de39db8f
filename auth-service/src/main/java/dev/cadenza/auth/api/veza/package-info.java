/** The veza dialect: authentication. */
@NullMarked
package dev.cadenza.auth.api.veza;

import org.jspecify.annotations.NullMarked;
