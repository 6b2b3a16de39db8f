/** {@code Idempotency-Key}: a POST that is made again is answered again, and done once. */
@NullMarked
package dev.cadenza.platform.web.idempotency;

import org.jspecify.annotations.NullMarked;
