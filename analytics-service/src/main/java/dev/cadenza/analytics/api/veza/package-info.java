/** Statistics and the audit log in the veza dialect. */
@NullMarked
package dev.cadenza.analytics.api.veza;

import org.jspecify.annotations.NullMarked;
