/** Files that people hand in to have something done with them, and what came of it. */
@NullMarked
package dev.cadenza.processing.file;

import org.jspecify.annotations.NullMarked;
