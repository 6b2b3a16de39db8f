/** API keys in MongoDB. */
@NullMarked
package dev.cadenza.auth.key.persistence;

import org.jspecify.annotations.NullMarked;
