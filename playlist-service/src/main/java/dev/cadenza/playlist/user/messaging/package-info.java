/** What other services tell of users. */
@NullMarked
package dev.cadenza.playlist.user.messaging;

import org.jspecify.annotations.NullMarked;
