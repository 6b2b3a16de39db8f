/** Users in MongoDB. */
@NullMarked
package dev.cadenza.playlist.user.persistence;

import org.jspecify.annotations.NullMarked;
