/** What concerns the security of accounts and is carried by no aggregate's own write. */
@NullMarked
package dev.cadenza.auth.security;

import org.jspecify.annotations.NullMarked;
