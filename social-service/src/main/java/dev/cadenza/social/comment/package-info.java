/** Users comment on tracks. */
@NullMarked
package dev.cadenza.social.comment;

import org.jspecify.annotations.NullMarked;
