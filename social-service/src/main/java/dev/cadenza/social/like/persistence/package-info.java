/** Stores likes. */
@NullMarked
package dev.cadenza.social.like.persistence;

import org.jspecify.annotations.NullMarked;
