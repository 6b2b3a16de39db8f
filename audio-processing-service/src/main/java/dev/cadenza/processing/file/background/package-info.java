/** Work that nobody asked for: sweeping. */
@NullMarked
package dev.cadenza.processing.file.background;

import org.jspecify.annotations.NullMarked;
