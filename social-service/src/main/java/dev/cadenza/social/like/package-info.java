/** Users like tracks. */
@NullMarked
package dev.cadenza.social.like;

import org.jspecify.annotations.NullMarked;
