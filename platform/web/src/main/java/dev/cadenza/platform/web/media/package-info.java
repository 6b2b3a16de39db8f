/** Audio over HTTP: ranges, conditional requests, HEAD. */
@NullMarked
package dev.cadenza.platform.web.media;

import org.jspecify.annotations.NullMarked;
