/** Sessions in MongoDB. */
@NullMarked
package dev.cadenza.auth.session.persistence;

import org.jspecify.annotations.NullMarked;
