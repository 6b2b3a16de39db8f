/** The processing dialect: {@code /api/vocal/**} and the media that it links to. */
@NullMarked
package dev.cadenza.processing.api.processing;

import org.jspecify.annotations.NullMarked;
