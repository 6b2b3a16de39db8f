/** Words that every part uses about who asks and what they may do. */
@NullMarked
package dev.cadenza.platform.core.identity;

import org.jspecify.annotations.NullMarked;
