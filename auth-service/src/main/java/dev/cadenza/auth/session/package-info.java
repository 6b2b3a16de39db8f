/** Sessions: every login of every dialect, and the browser's. */
@NullMarked
package dev.cadenza.auth.session;

import org.jspecify.annotations.NullMarked;
