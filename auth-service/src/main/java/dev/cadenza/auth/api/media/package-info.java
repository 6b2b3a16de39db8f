/** Files that any page may show. */
@NullMarked
package dev.cadenza.auth.api.media;

import org.jspecify.annotations.NullMarked;
