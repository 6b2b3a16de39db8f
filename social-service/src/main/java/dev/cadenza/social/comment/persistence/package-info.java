/** Stores comments. */
@NullMarked
package dev.cadenza.social.comment.persistence;

import org.jspecify.annotations.NullMarked;
