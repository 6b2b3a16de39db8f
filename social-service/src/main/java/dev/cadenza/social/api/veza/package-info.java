/** Social part of the veza dialect. */
@NullMarked
package dev.cadenza.social.api.veza;

import org.jspecify.annotations.NullMarked;
