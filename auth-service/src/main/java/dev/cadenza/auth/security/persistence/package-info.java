/** Security facts in MongoDB until they are published. */
@NullMarked
package dev.cadenza.auth.security.persistence;

import org.jspecify.annotations.NullMarked;
