/** The processing dialect's way in: pages for people, and the browser's session. */
@NullMarked
package dev.cadenza.auth.api.processing;

import org.jspecify.annotations.NullMarked;
