/** The signing key in MongoDB. */
@NullMarked
package dev.cadenza.auth.token.persistence;

import org.jspecify.annotations.NullMarked;
