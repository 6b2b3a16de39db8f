/** Failed tries and known devices in MongoDB. */
@NullMarked
package dev.cadenza.auth.attempt.persistence;

import org.jspecify.annotations.NullMarked;
