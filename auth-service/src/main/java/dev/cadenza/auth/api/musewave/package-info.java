/** The musewave dialect: users. */
@NullMarked
package dev.cadenza.auth.api.musewave;

import org.jspecify.annotations.NullMarked;
