/** The signing keys in MongoDB. */
@NullMarked
package dev.cadenza.auth.token.persistence;

import org.jspecify.annotations.NullMarked;
