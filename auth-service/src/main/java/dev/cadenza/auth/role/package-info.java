/** Roles: what the holders of one may do. */
@NullMarked
package dev.cadenza.auth.role;

import org.jspecify.annotations.NullMarked;
