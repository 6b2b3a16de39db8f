/** What owners of accounts tell about themselves: shown, changed, and how complete it is; their pictures. */
@NullMarked
package dev.cadenza.auth.profile;

import org.jspecify.annotations.NullMarked;
