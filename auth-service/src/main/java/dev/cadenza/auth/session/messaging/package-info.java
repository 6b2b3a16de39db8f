/** What others hear of sessions, and what sessions hear of others. */
@NullMarked
package dev.cadenza.auth.session.messaging;

import org.jspecify.annotations.NullMarked;
