/** Names of accounts, and who follows whom: copies of what other services own. */
@NullMarked
package dev.cadenza.playlist.user;

import org.jspecify.annotations.NullMarked;
